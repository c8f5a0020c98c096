// The line to the page around: what it tells us to do, and what we tell it.
const page = window.parent;
const form = parts.$("form");
let told = "";
let configured = false;

const tell = (message) => page.postMessage({ from: "stripe-sandbox", ...message }, location.origin);

const tellHeight = () => tell({ type: "height", pixels: Math.ceil(document.body.getBoundingClientRect().height) });

const tellChange = () => {
  const value = parts.state();
  const text = JSON.stringify(value);
  if (text === told) return;
  told = text;
  tell({ type: "change", value });
};

const makeToken = async ({ kind, params = {} }) => {
  const checked = parts.validate();
  if (checked.error) return checked;
  const { billing_details: given } = params.payment_method_data ?? params;
  try {
    const response = await fetch("tokens", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        kind,
        method: parts.details(given),
        return_url: params.return_url ?? null,
        setup_future_usage: params.setup_future_usage ?? null,
      }),
    });
    return await response.json();
  } catch {
    return {
      error: { type: "api_connection_error", message: "We could not reach the payment service. Please try again." },
    };
  }
};

const commands = {
  configure(message) {
    parts.configure(message);
    form.hidden = false;
    tellHeight();
    if (!configured) {
      configured = true;
      tell({ type: "ready" });
    }
    tellChange();
  },
  focus: () => parts.$(parts.asked()[0] ?? "form").focus(),
  blur: () => document.activeElement?.blur(),
  clear() {
    form.reset();
    parts.refresh();
    tellChange();
  },
};

const questions = { validate: () => parts.validate(), token: makeToken };

addEventListener("message", async (event) => {
  if (event.source !== page || event.origin !== location.origin || event.data?.to !== "stripe-sandbox") return;
  const { request, ...message } = event.data;
  if (request === undefined) return commands[message.type]?.(message);
  tell({ answers: request, value: await questions[message.type](message) });
});

form.addEventListener("input", (event) => {
  const field = event.target;
  field.dataset.touched = "true";
  parts.writers[field.id]?.(field, event);
  if (field.name === "type" || field.id === "country") parts.refresh();
  if (field.hasAttribute("aria-invalid")) parts.show(field.id, parts.checks[field.id]());
  tellChange();
});

form.addEventListener("focusout", (event) => {
  const { id, value } = event.target;
  if (parts.checks[id] && value.trim() !== "") parts.show(id, parts.checks[id]());
  if (!form.contains(event.relatedTarget)) tell({ type: "blur" });
});

form.addEventListener("focusin", (event) => {
  if (!form.contains(event.relatedTarget)) tell({ type: "focus" });
});

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("keydown", (event) => event.key === "Escape" && tell({ type: "escape" }));

parts.$("fill").addEventListener("click", () => {
  parts.fillTest();
  tellChange();
});

new ResizeObserver(tellHeight).observe(document.body);
tell({ type: "hello" });
