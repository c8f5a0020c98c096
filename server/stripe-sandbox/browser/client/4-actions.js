// What a payment may still ask of the person: the bank's own page, shown in a dialog.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  dialog.stripe-sandbox { margin: auto; border: 0; border-radius: 12px; padding: 0; width: min(440px, calc(100vw - 32px)); height: min(340px, calc(100dvh - 32px)); overflow: hidden; box-shadow: 0 24px 64px rgb(0 0 0 / .35); }
  dialog.stripe-sandbox::backdrop { background: rgb(12 18 28 / .55); }
  dialog.stripe-sandbox iframe { height: 100% !important; }
`);

parts.secretToId = (clientSecret) => {
  const match = /^((?:pi|seti)_[A-Za-z0-9]+)_secret_/.exec(clientSecret ?? "");
  if (!match) throw new Error("Invalid value for clientSecret: it should be of the form ${id}_secret_${secret}.");
  return match[1];
};

parts.retrieve = (clientSecret) =>
  parts.call(`/browser/intents/${parts.secretToId(clientSecret)}?client_secret=${encodeURIComponent(clientSecret)}`);

const resultOf = (answer) => {
  if (answer.error) return { error: answer.error };
  const { intent } = answer;
  return intent.object === "setup_intent" ? { setupIntent: intent } : { paymentIntent: intent };
};

/** Stays on this page's own origin, whatever name the server believes to have. */
const framePath = (url) => {
  const { pathname, search } = new URL(url, location.href);
  return pathname.slice(pathname.indexOf("/authenticate/")) + search;
};

const showBankPage = (url) =>
  new Promise((resolve) => {
    if (!document.adoptedStyleSheets.includes(sheet))
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const dialog = document.createElement("dialog");
    dialog.className = "stripe-sandbox";
    dialog.setAttribute("aria-label", "Your bank asks you to confirm this payment");
    const done = () => {
      line.close();
      dialog.close();
      dialog.remove();
      resolve();
    };
    const line = parts.openFrame({
      path: `${framePath(url)}&in_dialog=1`,
      title: "Confirmation by your bank",
      onMessage: (message) => message.type === "authenticated" && done(),
    });
    // Leaving the dialog is a decision too: the bank was not convinced.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      line.tell({ type: "give-up" });
    });
    dialog.append(line.frame);
    document.body.append(dialog);
    dialog.showModal();
  });

const failureOf = (intent) => intent.last_payment_error ?? intent.last_setup_error;

/** Carries out the intent's next action, if it has one a browser can do, and answers with how it stands then. */
parts.handle = async (clientSecret) => {
  const answer = await parts.retrieve(clientSecret);
  if (answer.error) return { error: answer.error };
  const action = answer.intent.status === "requires_action" ? answer.intent.next_action : null;
  if (action?.type === "redirect_to_url") {
    const { pathname, search } = new URL(action.redirect_to_url.url, location.href);
    location.assign(pathname + search);
    return new Promise(() => undefined);
  }
  if (action?.type !== "use_stripe_sdk") return resultOf(answer);
  await showBankPage(action.use_stripe_sdk.stripe_js);
  const after = await parts.retrieve(clientSecret);
  const failure = after.error ?? (after.intent.status === "requires_payment_method" ? failureOf(after.intent) : null);
  if (failure) return { error: { ...failure, [after.intent?.object ?? "payment_intent"]: after.intent } };
  return resultOf(after);
};

/** Confirms with the publishable key, then does what follows. */
parts.confirm = async (clientSecret, params) => {
  const id = parts.secretToId(clientSecret);
  const answer = await parts.call(`/browser/intents/${id}/confirm`, { client_secret: clientSecret, ...params });
  if (answer.error) return { error: answer.error };
  return answer.intent.status === "requires_action" ? parts.handle(clientSecret) : resultOf(answer);
};

parts.verify = async (clientSecret, data = {}) => {
  const id = parts.secretToId(clientSecret);
  return resultOf(await parts.call(`/browser/intents/${id}/verify`, { client_secret: clientSecret, ...data }));
};
