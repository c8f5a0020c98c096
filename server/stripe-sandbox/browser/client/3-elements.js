// A group of elements that are about the same payment.
const supported = ["payment", "card", "cardNumber"];

const typesFor = (options, intent) => {
  const named =
    options.paymentMethodTypes ??
    options.payment_method_types ??
    options.allowedPaymentMethodTypes ??
    intent?.payment_method_types;
  const currency = (options.currency ?? intent?.currency ?? "usd").toLowerCase();
  const excluded = options.excludedPaymentMethodTypes ?? [];
  const known = (named ?? ["card", "us_bank_account"]).filter((type) => type === "card" || type === "us_bank_account");
  return known.filter((type) => !excluded.includes(type) && (type === "card" || currency === "usd"));
};

parts.createElements = (options = {}) => {
  let current = { ...options };
  let intent;
  let submitted = false;
  const elements = new Map();
  const events = parts.emitter();

  const group = {
    describe: () => ({
      mode: current.mode ?? (current.clientSecret?.startsWith("seti_") ? "setup" : "payment"),
      amount: current.amount ?? intent?.amount ?? 0,
      currency: current.currency ?? intent?.currency ?? "usd",
      types: typesFor(current, intent),
      setupFutureUsage: current.setupFutureUsage ?? current.setup_future_usage ?? null,
      appearance: current.appearance ?? {},
      fonts: current.fonts ?? [],
    }),
    forget: (type) => elements.delete(type),
  };

  const main = () => elements.get("payment") ?? elements.get("card") ?? elements.get("cardNumber");

  const refresh = async () => {
    if (!current.clientSecret) return {};
    const answer = await parts.retrieve(current.clientSecret);
    if (answer.error) return { error: answer.error };
    intent = answer.intent;
    for (const element of elements.values()) element.reconfigure();
    return {};
  };

  const api = {
    create(type, elementOptions = {}) {
      if (!supported.includes(type)) throw new Error(`The stand-in for Stripe has no ${type} element.`);
      if (elements.has(type)) throw new Error(`Can only create one Element of type ${type}.`);
      const element = parts.createElement(type, elementOptions, group);
      elements.set(type, element);
      return element;
    },
    getElement: (type) => elements.get(type) ?? null,
    update(changes) {
      submitted = false;
      current = { ...current, ...changes };
      for (const element of elements.values()) element.reconfigure();
      events.emit("update-end", {});
    },
    async submit() {
      const element = main();
      if (!element) return { error: parts.error("There is no element to submit.") };
      const { error, type } = await element.ask({ type: "validate" });
      if (error) return { error };
      submitted = true;
      return { selectedPaymentMethod: type };
    },
    fetchUpdates: refresh,
    on: (type, handler) => (events.on(type, handler), api),
    once: (type, handler) => (events.once(type, handler), api),
    off: (type, handler) => (events.off(type, handler), api),
    // For the stand-in's own use below.
    _group: group,
    _main: main,
    _clientSecret: () => current.clientSecret,
    _wasSubmitted: () => submitted || current.clientSecret !== undefined,
  };
  void refresh();
  return api;
};
