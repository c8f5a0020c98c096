import { faultModes } from "../knobs/faults.ts";
import { idOf } from "../objects/nothing.ts";
import { type Move } from "../time/move-clock.ts";
import { button, html, money, page, type Markup } from "./html.ts";
import { clock } from "./ops-clock.ts";
import { type OpsState } from "./ops-state.ts";

type Facts = { state: OpsState; move: Move | null; base: string };

function knobs({ state, base }: Facts): Markup {
  const { webhooks, automaticPayouts } = state.knobs;
  const order = ["as_is", "reversed", "shuffled"].map(
    (value) => html`<option ${value === webhooks.order ? "selected" : ""}>${value}</option>`,
  );
  return html`<h2>Webhooks</h2>
    <form class="row" method="post" action="${base}/knobs">
      <label>Extra copies<input type="number" name="duplicate" min="0" max="50" value="${webhooks.duplicate}" /></label>
      <label>Delay, ms<input type="number" name="delayMs" min="0" value="${webhooks.delayMs}" /></label>
      <label
        >Order<select name="order">
          ${order}
        </select></label
      >
      <label
        >Never deliver<input name="drop" value="${webhooks.drop.join(", ")}" placeholder="charge.succeeded, *"
      /></label>
      <label>Paused<input type="checkbox" name="paused" value="true" ${webhooks.paused ? "checked" : ""} /></label>
      <label
        >Pay out daily<input type="checkbox" name="automaticPayouts" value="true" ${automaticPayouts ? "checked" : ""}
      /></label>
      <button>Save</button>
    </form>
    <h2>Faults of the next API calls</h2>
    <form class="row" method="post" action="${base}/faults">
      <label
        >What<select name="mode">
          ${faultModes.map((mode) => html`<option>${mode}</option>`)}
        </select></label
      >
      <label>How often<input type="number" name="times" min="1" value="1" /></label>
      <label>Path contains<input name="path" placeholder="/v1/payment_intents" /></label>
      <button>Arm</button>
    </form>
    <p class="quiet">
      ${state.faults.length === 0 ? "None armed." : html`Armed: <code>${JSON.stringify(state.faults)}</code>`}
    </p>
    <div class="row">
      ${button({ action: `${base}/knobs/reset`, label: "Back to normal" })}
      ${button({ action: `${base}/keys/prune`, label: "Forget idempotency keys" })}
    </div>`;
}

function table(heads: string[], rows: Markup[]): Markup {
  if (rows.length === 0) return html`<p class="quiet">None yet.</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function payments({ state, base }: Facts): Markup {
  const rows = state.paymentIntents.map((intent) => {
    const charge = state.charges.find(({ id }) => id === idOf(intent.latest_charge));
    const bank = charge?.payment_method_details?.type === "us_bank_account";
    const actions = [
      ...(charge?.status === "pending"
        ? [
            button({ action: `${base}/debits/${charge.id}/settle`, label: "Settle" }),
            button({ action: `${base}/debits/${charge.id}/fail`, label: "Fail" }),
          ]
        : []),
      ...(charge?.status === "succeeded" && !charge.disputed
        ? [button({ action: `${base}/disputes`, label: bank ? "Return it" : "Dispute", values: { charge: charge.id } })]
        : []),
      ...(intent.status === "requires_action" && intent.next_action?.type !== "verify_with_microdeposits"
        ? [button({ action: `${base}/intents/${intent.id}/authenticate`, label: "Authenticate" })]
        : []),
    ];
    return html`<tr>
      <td><code>${intent.id}</code></td>
      <td class="amount">${money(intent.amount, intent.currency)}</td>
      <td>${intent.status}</td>
      <td>${intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code ?? ""}</td>
      <td>${actions}</td>
    </tr>`;
  });
  return html`<h2>Payments</h2>
    ${table(["Intent", "Amount", "Status", "Reason", ""], rows)}`;
}

/** As a bank tells of a card by itself: with a new expiry, or a new number as well. */
function cards({ state, base }: Facts): Markup {
  const rows = state.cards.map(
    ({ method: { id, card }, owner }) =>
      html`<tr>
        <td>${owner}</td>
        <td>${card?.brand ?? ""} ··${card?.last4 ?? ""}</td>
        <td>${card?.exp_month ?? ""}/${card?.exp_year ?? ""}</td>
        <td>
          ${button({ action: `${base}/methods/${id}/renew`, label: "Renew" })}
          ${button({ action: `${base}/methods/${id}/replace`, label: "Replace" })}
        </td>
      </tr>`,
  );
  return html`<h2>Saved cards</h2>
    ${table(["Saved by", "Card", "Expires", ""], rows)}`;
}

function disputes({ state, base }: Facts): Markup {
  const open = (status: string) => status.endsWith("response") || status.endsWith("review");
  const rows = state.disputes.map(
    (dispute) =>
      html`<tr>
        <td><code>${dispute.id}</code></td>
        <td class="amount">${money(dispute.amount, dispute.currency)}</td>
        <td>${dispute.reason}</td>
        <td>${dispute.status}</td>
        <td>
          ${open(dispute.status) ? [button({ action: `${base}/disputes/${dispute.id}/win`, label: "Won" }), button({ action: `${base}/disputes/${dispute.id}/lose`, label: "Lost" })] : ""}
        </td>
      </tr>`,
  );
  return html`<h2>Disputes</h2>
    ${table(["Dispute", "Amount", "Reason", "Status", ""], rows)}`;
}

function moneyOut({ state, base }: Facts): Markup {
  const payouts = state.payouts.map(
    (payout) =>
      html`<tr>
        <td><code>${payout.id}</code></td>
        <td class="amount">${money(payout.amount, payout.currency)}</td>
        <td>${payout.status}</td>
        <td>
          ${payout.status === "failed" ? "" : button({ action: `${base}/payouts/${payout.id}/fail`, label: "Fail" })}
        </td>
      </tr>`,
  );
  const refunds = state.refunds.map(
    (refund) =>
      html`<tr>
        <td><code>${refund.id}</code></td>
        <td class="amount">${money(refund.amount, refund.currency)}</td>
        <td>${refund.status}</td>
        <td>
          ${refund.status === "failed" ? "" : button({ action: `${base}/refunds/${refund.id}/fail`, label: "Fail" })}
        </td>
      </tr>`,
  );
  const balance = Object.entries(state.balance.available).map(
    ([currency, amount]) =>
      `${money(amount, currency)} available, ${money(state.balance.pending[currency] ?? 0, currency)} on the way. `,
  );
  return html`<h2>Balance and payouts</h2>
    <p>${balance.length === 0 ? "Nothing has been paid yet." : balance}</p>
    <div class="row">${button({ action: `${base}/payouts`, label: "Pay out what is available" })}</div>
    ${table(["Payout", "Amount", "Status", ""], payouts)}
    <h2>Refunds</h2>
    ${table(["Refund", "Amount", "Status", ""], refunds)}`;
}

function webhookLog({ state, base }: Facts): Markup {
  const rows = state.webhooks.recent.map(
    (row) =>
      html`<tr>
        <td><code>${row.event_id}</code></td>
        <td>${row.event_type}</td>
        <td>${row.state}</td>
        <td>${row.attempts}</td>
        <td>${row.last_error ?? row.last_status ?? ""}</td>
        <td>${button({ action: `${base}/webhooks/${row.event_id}/redeliver`, label: "Deliver again" })}</td>
      </tr>`,
  );
  return html`<h2>Webhook log</h2>
    <div class="row">
      <p>${state.webhooks.pending} waiting.</p>
      ${button({ action: `${base}/drain`, label: "Deliver all now" })}
    </div>
    ${table(["Event", "Type", "State", "Tries", "Answer", ""], rows)}`;
}

export function opsPage(facts: Facts): string {
  const body = html`<nav class="row" aria-label="Back">
      <a href="/account">Customer portal</a> <a href="/console">Console</a> <a href="/dev/mail">Mail</a>
    </nav>
    <p class="kicker">Test mode</p>
    <h1>The stand-in for Stripe</h1>
    <p>No real money moves here. Cards, bank debits, disputes and webhooks behave as Stripe's test mode does.</p>
    ${clock(facts)} ${payments(facts)} ${cards(facts)} ${disputes(facts)} ${moneyOut(facts)} ${knobs(facts)}
    ${webhookLog(facts)}`;
  return page({ title: "Stripe stand-in", body, base: facts.base, wide: true, live: facts.move?.state === "moving" });
}
