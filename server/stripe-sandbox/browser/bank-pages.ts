import { Router, type Request, type Response } from "express";
import type Stripe from "stripe";

import { StripeFault } from "../call/stripe-fault.ts";
import { authenticate } from "../flows/authenticate.ts";
import { verifyMicrodeposits } from "../flows/verify-microdeposits.ts";
import { inWork, type Sandbox } from "../sandbox.ts";
import { loadDocument } from "../store/documents.ts";
import { html, money, page, type Markup } from "./html.ts";
import { intentBySecret } from "./intents.ts";
import { toForm } from "./to-form.ts";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

function what(intent: Intent): string {
  return intent.object === "payment_intent"
    ? `a payment of ${money(intent.amount, intent.currency)}`
    : "saving this payment method";
}

/** Back to where the payment began. Only http and https, so that no script hides in the address. */
function backTo(intent: Intent, returnUrl: unknown): string | undefined {
  if (typeof returnUrl !== "string" || !URL.canParse(returnUrl)) return undefined;
  const url = new URL(returnUrl);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? "");
  url.searchParams.set("redirect_status", intent.status === "requires_payment_method" ? "failed" : "succeeded");
  return url.href;
}

function authenticatePage(sandbox: Sandbox, intent: Intent, query: Request["query"]): string {
  const waits = intent.status === "requires_action";
  const body = html`
    <p class="kicker">Test bank</p>
    <h1>Is this you?</h1>
    <p>Your bank wants you to confirm ${what(intent)}. This page stands in for the bank's own.</p>
    ${
      waits
        ? html`<form method="post" class="stack">
            <input type="hidden" name="client_secret" value="${intent.client_secret}" />
            <input type="hidden" name="return_url" value="${query["return_url"]}" />
            <input type="hidden" name="in_dialog" value="${query["in_dialog"]}" />
            <button class="main" name="outcome" value="complete">Complete</button>
            <button name="outcome" value="fail">Fail</button>
          </form>`
        : html`<p>This has been answered already. You can close this page.</p>`
    }
  `;
  return page({
    title: "Confirm with your bank",
    body,
    base: sandbox.publicPath,
    script: query["in_dialog"] !== undefined,
  });
}

function verifyPage(sandbox: Sandbox, intent: Intent, problem?: string): string {
  const done = intent.status !== "requires_action";
  const body = html`
    <p class="kicker">Test bank</p>
    <h1>${done ? "Thank you" : "Verify your bank account"}</h1>
    ${
      done
        ? html`<p>
            ${intent.status === "requires_payment_method" ? "The account could not be verified. Go back and choose another way to pay." : "Your account is verified. You can close this page."}
          </p>`
        : html`<p>We sent a deposit of $0.01 to your account. Its description holds a code that begins with SM.</p>
            <form method="post" class="stack">
              <input type="hidden" name="client_secret" value="${intent.client_secret}" />
              <label for="code">Six-character code</label>
              <input
                id="code"
                name="descriptor_code"
                maxlength="6"
                autocomplete="off"
                required
                placeholder="SM11AA"
                ${problem ? html`aria-invalid="true" aria-describedby="problem"` : ""}
              />
              ${problem ? html`<p class="problem" id="problem" role="alert">${problem}</p>` : ""}
              <button class="main">Verify account</button>
            </form>
            <p class="quiet">Test mode: SM11AA is right, SM44AA is too late.</p>`
    }
  `;
  return page({ title: "Verify your bank account", body, base: sandbox.publicPath });
}

function donePage(sandbox: Sandbox): string {
  const body: Markup = html`<h1>Thank you</h1>
    <p data-authenticated>Your bank has your answer. You can close this page.</p>`;
  return page({ title: "Thank you", body, base: sandbox.publicPath, script: true });
}

type Answer = { status?: number; send?: string; redirect?: string };

async function reply(sandbox: Sandbox, res: Response, answer: () => Promise<Answer>): Promise<void> {
  try {
    const { status, send, redirect } = await answer();
    sandbox.onWork.wake();
    if (redirect !== undefined) res.redirect(303, redirect);
    else
      res
        .status(status ?? 200)
        .type("html")
        .send(send);
  } catch (error) {
    const known = error instanceof StripeFault;
    if (!known) sandbox.log.error({ err: error }, "a bank page of the Stripe stand-in failed");
    const text = known ? error.message : "Something went wrong. Go back and try again.";
    const body = html`<h1>This did not work</h1>
      <p>${text}</p>`;
    res
      .status(known ? error.status : 500)
      .type("html")
      .send(page({ title: "This did not work", body, base: sandbox.publicPath }));
  }
}

function show(sandbox: Sandbox, req: Request, draw: (intent: Intent) => string): () => Promise<Answer> {
  const claim = { id: String(req.params["id"]), secret: req.query["client_secret"], lock: false };
  return async () => ({ send: draw(await inWork(sandbox, (work) => intentBySecret(work, claim))) });
}

async function press(sandbox: Sandbox, id: string, body: Record<string, unknown>): Promise<Answer> {
  const intent = await inWork(sandbox, async (work) => {
    await intentBySecret(work, { id, secret: body["client_secret"], lock: true });
    await authenticate(work, id, body["outcome"] === "fail" ? "fail" : "complete");
    return intentBySecret(work, { id, secret: body["client_secret"], lock: false });
  });
  const back = body["in_dialog"] ? undefined : backTo(intent, body["return_url"]);
  return back === undefined ? { send: donePage(sandbox) } : { redirect: back };
}

async function verify(sandbox: Sandbox, id: string, body: Record<string, unknown>): Promise<Answer> {
  return inWork(sandbox, async (work) => {
    await intentBySecret(work, { id, secret: body["client_secret"], lock: true });
    const answer = await verifyMicrodeposits(work, id, toForm(body));
    const intent = await intentBySecret(work, { id, secret: body["client_secret"], lock: false });
    if (answer.status === 200) return { send: verifyPage(sandbox, intent) };
    const { error } = answer.body as { error: { message: string } };
    return { status: 400, send: verifyPage(sandbox, intent, error.message) };
  });
}

/** The pages a customer meets at their bank, and the receipt Stripe would link to. */
export function bankPages(sandbox: Sandbox): Router {
  const router = Router();
  router.get(
    "/authenticate/:id",
    (req, res) =>
      void reply(
        sandbox,
        res,
        show(sandbox, req, (intent) => authenticatePage(sandbox, intent, req.query)),
      ),
  );
  router.post(
    "/authenticate/:id",
    (req, res) => void reply(sandbox, res, () => press(sandbox, req.params.id, req.body as Record<string, unknown>)),
  );
  router.get(
    "/verify/:id",
    (req, res) =>
      void reply(
        sandbox,
        res,
        show(sandbox, req, (intent) => verifyPage(sandbox, intent)),
      ),
  );
  router.post(
    "/verify/:id",
    (req, res) => void reply(sandbox, res, () => verify(sandbox, req.params.id, req.body as Record<string, unknown>)),
  );
  router.get("/receipts/:id", (req, res) => {
    void reply(sandbox, res, async () => {
      const { doc } = await inWork(sandbox, (work) => loadDocument(work, "charge", req.params.id));
      const known =
        doc.receipt_url !== null && new URL(doc.receipt_url).searchParams.get("secret") === req.query["secret"];
      const body = known
        ? html`<p class="kicker">Receipt</p>
            <h1>${money(doc.amount, doc.currency)}</h1>
            <p>Paid ${new Date(doc.created * 1000).toUTCString()} · ${doc.id}</p>`
        : html`<h1>No such receipt</h1>`;
      return { status: known ? 200 : 404, send: page({ title: "Receipt", body, base: sandbox.publicPath }) };
    });
  });
  return router;
}
