// The form as a whole: which method, which fields are asked, how it looks.
const { $, digits, expiry, checks, show, writers, brandOf } = parts;

const fieldsOf = {
  card: ["number", "expiry", "cvc", "postal"],
  us_bank_account: ["holder", "email", "routing", "account"],
  // A wallet hands over a card that it holds: nothing is typed.
  google_pay: [],
};
const billingOf = { postal: "postalCode", holder: "name", email: "email" };
const countries = [
  "US",
  "CA",
  "GB",
  "IE",
  "AU",
  "NZ",
  "DE",
  "FR",
  "ES",
  "IT",
  "NL",
  "BE",
  "AT",
  "CH",
  "SE",
  "NO",
  "DK",
  "FI",
  "PL",
  "PT",
  "MX",
  "BR",
  "JP",
  "SG",
  "IN",
  "ZA",
];

let settings = { options: {}, group: { types: ["card"], mode: "payment", appearance: {} } };

const type = () => document.querySelector("input[name=type]:checked").value;

const never = (what) => {
  const billing = settings.options.fields?.billingDetails;
  return (
    billing === "never" ||
    billing?.[what] === "never" ||
    billing?.address === "never" ||
    billing?.address?.[what] === "never"
  );
};

const asked = () => fieldsOf[type()].filter((name) => !(billingOf[name] && never(billingOf[name])));

const colourNames = {
  colorPrimary: "primary",
  colorBackground: "background",
  colorText: "text",
  colorTextSecondary: "text-secondary",
  colorTextPlaceholder: "placeholder",
  colorDanger: "danger",
  borderRadius: "radius",
  fontSizeBase: "size",
  fontFamily: "font",
  gridRowSpacing: "gap",
};
const night = {
  colorPrimary: "#8fb8ff",
  colorBackground: "#1b2430",
  colorText: "#eef2f6",
  colorTextSecondary: "#aab6c3",
  colorTextPlaceholder: "#94a2b1",
  colorDanger: "#ff8fa3",
};

const dress = ({ theme, variables = {}, rules = {} }) => {
  const chosen = { ...(theme === "night" ? night : {}), ...variables };
  const root = document.documentElement;
  root.removeAttribute("style");
  for (const [name, property] of Object.entries(colourNames))
    if (chosen[name] !== undefined) root.style.setProperty(`--${property}`, chosen[name]);
  const border = rules[".Input"]?.borderColor ?? rules[".Input"]?.border?.split(" ").pop();
  if (border) root.style.setProperty("--border", border);
  root.style.colorScheme = theme === "night" ? "dark" : "normal";
};

const loadFonts = (fonts) => {
  for (const { family, src, ...descriptors } of fonts) {
    if (!family || !src) continue;
    new FontFace(family, src, descriptors).load().then(
      (font) => document.fonts.add(font),
      () => undefined,
    );
  }
};

const fillDefaults = ({ defaultValues = {} }) => {
  const { name, email, address } = defaultValues.billingDetails ?? {};
  for (const [id, value] of [
    ["holder", name],
    ["email", email],
    ["postal", address?.postal_code],
    ["country", address?.country],
  ])
    if (value && !$(id).dataset.touched) $(id).value = value;
};

const terms = () => {
  const biller = settings.options.business?.name ?? "the biller";
  if (settings.options.terms?.[type() === "us_bank_account" ? "usBankAccount" : "card"] === "never") return "";
  if (type() === "us_bank_account")
    return `By continuing you authorize ${biller} to debit this bank account for what you owe, and agree to its terms.`;
  const later = settings.group.mode === "setup" || settings.group.setupFutureUsage;
  return later
    ? `By providing your card you allow ${biller} to charge it for future payments in accordance with its terms.`
    : "";
};

/** The one wallet of the stand-in is offered wherever cards are, unless the page says never. */
const offered = () => {
  const { types } = settings.group;
  const wallet = types.includes("card") && settings.options.wallets?.googlePay !== "never";
  return wallet ? [...types, "google_pay"] : types;
};

const refresh = () => {
  const types = offered();
  if (!types.includes(type())) document.querySelector(`input[name=type][value=${types[0]}]`).checked = true;
  $("types").hidden = types.length < 2;
  for (const radio of document.querySelectorAll("input[name=type]"))
    radio.closest("label").hidden = !types.includes(radio.value);
  for (const name of Object.keys(fieldsOf)) $(`panel-${name}`).hidden = name !== type();
  for (const field of document.querySelectorAll("[data-billing]")) field.hidden = never(field.dataset.billing);
  document.querySelector('label[for="postal"]').textContent = $("country").value === "US" ? "ZIP" : "Postal code";
  $("postal").placeholder = $("country").value === "US" ? "12345" : "";
  $("terms").textContent = terms();
};

const state = () => {
  const names = asked();
  const empty = names.length > 0 && names.every((name) => $(name).value.trim() === "");
  const complete = names.every((name) => checks[name]() === null);
  return { empty, complete, collapsed: false, value: { type: type() } };
};

/** Shows what is wrong, and goes to the first of it. */
const validate = () => {
  let first;
  for (const name of asked()) {
    const problem = checks[name]();
    show(name, problem);
    if (problem && !first) first = { name, problem };
  }
  if (!first) return { type: type() };
  $(first.name).focus();
  return { error: { type: "validation_error", code: first.problem[0], message: first.problem[1] } };
};

const billing = (given = {}) => {
  const bank = type() === "us_bank_account";
  return {
    name:
      (bank && !never("name") && $("holder").value.trim()) ||
      given.name ||
      settings.options.defaultValues?.billingDetails?.name ||
      "",
    email:
      (bank && !never("email") && $("email").value.trim()) ||
      given.email ||
      settings.options.defaultValues?.billingDetails?.email ||
      "",
    phone: given.phone ?? "",
    address: bank
      ? (given.address ?? {})
      : {
          ...given.address,
          ...(never("country") ? {} : { country: $("country").value }),
          ...(never("postalCode") ? {} : { postal_code: $("postal").value.trim() }),
        },
  };
};

/** What is posted from here straight to the stand-in: the page around this frame never sees it. */
const details = (given) => {
  const { month, year } = expiry();
  if (type() === "google_pay")
    return { type: "card", card: { token: "tok_visa" }, wallet: "google_pay", billing_details: billing(given) };
  return type() === "card"
    ? {
        type: "card",
        card: {
          number: digits($("number").value),
          exp_month: String(month),
          exp_year: String(year),
          cvc: digits($("cvc").value),
        },
        billing_details: billing(given),
      }
    : {
        type: "us_bank_account",
        us_bank_account: {
          routing_number: digits($("routing").value),
          account_number: digits($("account").value),
          account_type: $("account-type").value,
        },
        billing_details: billing(given),
        verification: $("verification").value,
      };
};

const fillTest = () => {
  if (type() === "google_pay") return;
  const later = String((new Date().getFullYear() + 4) % 100);
  const values =
    type() === "card"
      ? { number: "4242424242424242", expiry: `12${later}`, cvc: "123", postal: $("postal").value || "94107" }
      : {
          holder: $("holder").value || "Jenny Rosen",
          email: $("email").value || "jenny.rosen@example.com",
          routing: "110000000",
          account: "000123456789",
        };
  for (const [name, value] of Object.entries(values)) {
    $(name).value = value;
    writers[name]?.($(name));
    show(name, null);
  }
};

const names = new Intl.DisplayNames(["en"], { type: "region" });
for (const code of countries) $("country").append(new Option(names.of(code), code));

const configure = (next) => {
  settings = next;
  dress(next.group.appearance ?? {});
  loadFonts(next.group.fonts ?? []);
  fillDefaults(next.options);
  refresh();
};

Object.assign(parts, { configure, refresh, state, validate, details, fillTest, asked, brandOf });
