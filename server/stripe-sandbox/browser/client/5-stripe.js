// window.Stripe, as far as @stripe/stripe-js and @stripe/react-stripe-js use it.
const notSubmitted = () =>
  parts.error(
    "elements.submit() must be called before stripe.createConfirmationToken() or stripe.confirmPayment(), as soon as the customer presses pay and before anything asynchronous.",
    { code: "elements_not_submitted" },
  );

const tokenFrom = async (elements, params = {}) => {
  const element = elements?._main?.();
  if (!element) return { error: parts.error("No element to take the payment details from.") };
  if (!elements._wasSubmitted()) return { error: notSubmitted() };
  const { setupFutureUsage } = elements._group.describe();
  return element.ask({
    type: "token",
    kind: "confirmation_token",
    params: { setup_future_usage: setupFutureUsage, ...params },
  });
};

const goTo = (returnUrl, result) => {
  const intent = result.paymentIntent ?? result.setupIntent;
  const url = new URL(returnUrl, location.href);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret);
  url.searchParams.set("redirect_status", intent.status === "requires_payment_method" ? "failed" : "succeeded");
  location.assign(url);
  return new Promise(() => undefined);
};

const confirmWith = async (options) => {
  const { elements, confirmParams = {}, redirect = "always" } = options;
  const clientSecret = options.clientSecret ?? elements?._clientSecret();
  if (!clientSecret) throw new Error("confirm needs a clientSecret, here or in elements().");
  const params = { return_url: confirmParams.return_url, receipt_email: confirmParams.receipt_email };
  if (confirmParams.confirmation_token) params.confirmation_token = confirmParams.confirmation_token;
  else if (confirmParams.payment_method) params.payment_method = confirmParams.payment_method;
  else {
    const made = await tokenFrom(elements, {
      return_url: confirmParams.return_url,
      payment_method_data: confirmParams.payment_method_data,
    });
    if (made.error) return { error: made.error };
    params.confirmation_token = made.confirmationToken.id;
  }
  const result = await parts.confirm(clientSecret, params);
  if (result.error || redirect === "if_required" || !confirmParams.return_url) return result;
  return goTo(confirmParams.return_url, result);
};

const confirmNamed = async (clientSecret, data = {}, options = {}) => {
  const method = data.payment_method;
  const params = { return_url: data.return_url };
  if (typeof method === "string") params.payment_method = method;
  else if (method?.card?.ask) {
    const made = await method.card.ask({
      type: "token",
      kind: "payment_method",
      params: { billing_details: method.billing_details },
    });
    if (made.error) return { error: made.error };
    params.payment_method = made.paymentMethod.id;
  }
  const answer = await parts.call(`/browser/intents/${parts.secretToId(clientSecret)}/confirm`, {
    client_secret: clientSecret,
    ...params,
  });
  if (answer.error) return { error: answer.error };
  if (options.handleActions === false || answer.intent.status !== "requires_action") {
    return answer.intent.object === "setup_intent" ? { setupIntent: answer.intent } : { paymentIntent: answer.intent };
  }
  return parts.handle(clientSecret);
};

const createStripe = (publishableKey) => {
  if (!/^pk_/.test(String(publishableKey))) throw new Error("The publishable key starts with pk_.");
  const refuse = (name) => () => Promise.resolve({ error: parts.error(`The stand-in for Stripe has no ${name}.`) });
  const retrieve = async (clientSecret) => {
    const { error, intent } = await parts.retrieve(clientSecret);
    return error ? { error } : { [intent.object === "setup_intent" ? "setupIntent" : "paymentIntent"]: intent };
  };
  return {
    elements: parts.createElements,
    createConfirmationToken: ({ elements, params }) => tokenFrom(elements, params),
    async createPaymentMethod(options) {
      const element = options.elements?._main?.() ?? (options.card?.ask ? options.card : undefined);
      if (!element) return { error: parts.error("No element to take the payment details from.") };
      return element.ask({
        type: "token",
        kind: "payment_method",
        params: options.params ?? { billing_details: options.billing_details },
      });
    },
    confirmPayment: confirmWith,
    confirmSetup: confirmWith,
    confirmCardPayment: confirmNamed,
    confirmCardSetup: confirmNamed,
    confirmUsBankAccountPayment: confirmNamed,
    confirmUsBankAccountSetup: confirmNamed,
    handleNextAction: ({ clientSecret }) => parts.handle(clientSecret),
    handleCardAction: (clientSecret) => parts.handle(clientSecret),
    retrievePaymentIntent: retrieve,
    retrieveSetupIntent: retrieve,
    verifyMicrodepositsForPayment: parts.verify,
    verifyMicrodepositsForSetup: parts.verify,
    createToken: refuse("createToken"),
    createSource: refuse("createSource"),
    createRadarSession: refuse("createRadarSession"),
    collectBankAccountForPayment: refuse("collectBankAccountForPayment"),
    paymentRequest: () => ({ canMakePayment: () => Promise.resolve(null), on: () => undefined, show: () => undefined }),
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  };
};

// Called with and without `new`, as Stripe's own is.
window.Stripe = function Stripe(publishableKey) {
  return createStripe(publishableKey);
};
window.Stripe.version = "endive";
