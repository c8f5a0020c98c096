// The fields: how they are written while typed, and what is wrong with them.
const $ = (id) => document.getElementById(id);
const digits = (value) => value.replace(/\D/g, "");

const brands = [
  ["amex", /^3[47]/, "American Express"],
  ["mastercard", /^(5[1-5]|2[2-7])/, "Mastercard"],
  ["discover", /^(6011|65|64[4-9])/, "Discover"],
  ["diners", /^(36|30[0-5]|38|39)/, "Diners Club"],
  ["jcb", /^35/, "JCB"],
  ["unionpay", /^62/, "UnionPay"],
  ["visa", /^4/, "Visa"],
];
const brandOf = (number) => brands.find(([, pattern]) => pattern.test(number));

const luhn = (number) => {
  let sum = 0;
  [...number].reverse().forEach((digit, index) => {
    const doubled = Number(digit) * (index % 2 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return sum % 10 === 0;
};

const routingHolds = (routing) =>
  [3, 7, 1, 3, 7, 1, 3, 7, 1].reduce((sum, weight, index) => sum + weight * Number(routing[index]), 0) % 10 === 0;

const lengthOf = (number) => ({ amex: 15, diners: 14 })[brandOf(number)?.[0]] ?? 16;

const expiry = () => {
  const raw = digits($("expiry").value);
  const year = raw.slice(2);
  return {
    month: Number(raw.slice(0, 2)),
    year: year.length === 4 ? Number(year) : 2000 + Number(year),
    whole: raw.length === 4 || raw.length === 6,
  };
};

const checks = {
  number() {
    const number = digits($("number").value);
    if (number.length < lengthOf(number)) return ["incomplete_number", "Your card number is incomplete."];
    return luhn(number) ? null : ["invalid_number", "Your card number is invalid."];
  },
  expiry() {
    const { month, year, whole } = expiry();
    if (!whole || month < 1 || month > 12) return ["incomplete_expiry", "Your card's expiration date is incomplete."];
    const now = new Date();
    const past = year * 12 + month <= now.getFullYear() * 12 + now.getMonth();
    return past ? ["invalid_expiry_year_past", "Your card's expiration date is in the past."] : null;
  },
  cvc() {
    const wanted = brandOf(digits($("number").value))?.[0] === "amex" ? 4 : 3;
    return digits($("cvc").value).length < wanted
      ? ["incomplete_cvc", "Your card's security code is incomplete."]
      : null;
  },
  postal() {
    if ($("country").value !== "US") return null;
    return digits($("postal").value).length < 5 ? ["incomplete_zip", "Your ZIP is incomplete."] : null;
  },
  holder: () => ($("holder").value.trim() ? null : ["incomplete_name", "Write the name the account is in."]),
  email: () =>
    /^\S+@\S+\.\S+$/.test($("email").value.trim()) ? null : ["incomplete_email", "Your email address is incomplete."],
  routing() {
    const routing = digits($("routing").value);
    if (routing.length < 9) return ["incomplete_routing", "A routing number has 9 digits."];
    return routingHolds(routing) ? null : ["routing_number_invalid", "This routing number is invalid."];
  },
  account: () =>
    digits($("account").value).length < 4 ? ["incomplete_account", "Your account number is incomplete."] : null,
};

const show = (name, problem) => {
  const field = $(name);
  const text = problem ? problem[1] : "";
  if ($(`${name}-error`).textContent !== text) $(`${name}-error`).textContent = text;
  if (problem) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
};

const grouped = (number) =>
  brandOf(number)?.[0] === "amex"
    ? [number.slice(0, 4), number.slice(4, 10), number.slice(10, 15)].filter(Boolean).join(" ")
    : (number.slice(0, 16).match(/.{1,4}/g) ?? []).join(" ");

/** Rewrites a field as it is typed, keeping the caret behind the same digit. */
const rewrite = (field, write) => {
  const before = digits(field.value.slice(0, field.selectionStart ?? 0)).length;
  const next = write(digits(field.value));
  if (field.value === next) return;
  field.value = next;
  if (document.activeElement !== field) return;
  let at = 0;
  for (let seen = 0; at < next.length && seen < before; at += 1) if (/\d/.test(next[at])) seen += 1;
  if (before === digits(next).length) at = next.length;
  field.setSelectionRange(at, at);
};

const writers = {
  number(field) {
    rewrite(field, grouped);
    $("brand").textContent = brandOf(digits(field.value))?.[2] ?? "";
  },
  expiry(field, event) {
    if (event?.inputType === "deleteContentBackward") return;
    rewrite(field, (raw) => {
      const padded = raw.length === 1 && Number(raw) > 1 ? `0${raw}` : raw;
      const year = padded.length === 6 && padded.slice(2, 4) === "20" ? padded.slice(4) : padded.slice(2, 4);
      return padded.length < 2 ? padded : `${padded.slice(0, 2)} / ${year}`;
    });
  },
  cvc: (field) => rewrite(field, (raw) => raw.slice(0, 4)),
  routing: (field) => rewrite(field, (raw) => raw.slice(0, 9)),
  account: (field) => rewrite(field, (raw) => raw.slice(0, 17)),
};

Object.assign(parts, { $, digits, expiry, checks, show, writers, brandOf });
