import { type Voice, type Writer } from "./mail-content.ts";

export const draftNotice: Writer<"draft_notice"> = (data, voice) => {
  const [amount, day] = [voice.money(data.amount), voice.day(data.draftOn)];
  const rows = data.bills.map((bill) => ({ label: `Bill ${bill.number}`, value: voice.money(bill.amount) }));
  const atMost = "It is never more than this. Whatever you pay by hand before, or dispute, comes off it.";
  if (data.expiresOn) {
    const last = voice.date(data.expiresOn);
    return {
      subject: `${data.method} expires before ${amount} is due on ${day}`,
      preview: `It works until ${last}. Please choose another card or bank account.`,
      heading: `On ${day} we cannot take`,
      hero: amount,
      lines: [
        `It would come from ${data.method}, for account ${data.accountNumber}. By then that card has expired: it works until ${last}.`,
        "Please choose another card or bank account before, or pay by hand. If your bank renews the card by itself, we hear of it, and there is nothing to do.",
        atMost,
      ],
      rows,
      action: { label: "Choose another card", path: data.path },
    };
  }
  return {
    subject: `${amount} will be taken on ${day}`,
    preview: `From ${data.method}, for account ${data.accountNumber}.`,
    heading: `On ${day} we take`,
    hero: amount,
    lines: [`From ${data.method}, for account ${data.accountNumber}. There is nothing to do.`, atMost],
    rows,
    action: { label: "See it, change it or stop it", path: data.path },
  };
};

export const draftFailed: Writer<"draft_failed"> = (data, voice) => {
  const amount = voice.money(data.amount);
  const { retryOn, tries = 1, chosenSince = false, changePath } = data;
  const nothing = `Nothing was taken from ${data.method}, for account ${data.accountNumber}.`;
  return {
    subject: retryOn === null && tries > 1 ? `We stop trying to take ${amount}` : `We could not take ${amount}`,
    preview: data.why,
    heading: retryOn === null && tries > 1 ? "We do not try it again" : "The payment did not go through",
    hero: amount,
    lines:
      retryOn === null
        ? [
            data.why,
            tries > 1 ? `We tried it ${String(tries)} times. ${nothing}` : nothing,
            "We will not try it again. Please pay in another way.",
          ]
        : [
            data.why,
            ...(chosenSince ? [CHOSEN_SINCE] : []),
            nothing,
            triedUntil({ retryOn, lastOn: data.lastOn ?? retryOn }, voice),
          ],
    ...(changePath
      ? {
          rows: [
            {
              label: retryOn === null ? "Another card for the next ones" : "Choose another card or bank account",
              value: `instead of ${data.method}`,
              path: changePath,
            },
          ],
        }
      : {}),
    action: { label: retryOn === null ? "Pay another way" : "See what you can do", path: data.path },
  };
};

/** It would otherwise read as if nobody had noticed that another one was chosen. */
export const CHOSEN_SINCE = "This was the first try from what you chose after the one before it had failed.";

/** Until when it is tried again: what fails in between is told of by no mail. */
export function triedUntil({ retryOn, lastOn }: { retryOn: string; lastOn: string }, voice: Voice): string {
  const until = lastOn === retryOn ? "" : `, and if need be until ${voice.day(lastOn)}`;
  return `We try it again on ${voice.day(retryOn)}${until}. What you pay by hand before is not taken again.`;
}

export const autopayChanged: Writer<"autopay_changed"> = (data) => ({
  subject: data.on ? "Autopay is on" : "Autopay is off",
  preview: `For account ${data.accountNumber}.`,
  heading: data.on ? "Autopay is on" : "Autopay is off",
  lines: data.on
    ? [`This is what you agreed to for account ${data.accountNumber}:`, data.mandate, "You can stop it at any time."]
    : [
        `Nothing will be taken by itself for account ${data.accountNumber} from now on. A payment that is on its way goes on.`,
      ],
  action: { label: "See autopay", path: data.path },
});

export const cardExpiring: Writer<"card_expiring"> = (data, voice) => ({
  subject: `${data.method} expires on ${voice.date(data.expiresOn)}`,
  preview: "Payments that are taken by themselves need another card before.",
  heading: "Your card expires soon",
  lines: [
    `${data.method} pays by itself for account ${data.accountNumber}. It works until ${voice.date(data.expiresOn)}.`,
    "Please add another card or bank account before, and let it take over.",
  ],
  action: { label: "Update how you pay", path: data.path },
});
