import { type Writer } from "./mail-content.ts";

export const draftNotice: Writer<"draft_notice"> = (data, voice) => {
  const [amount, day] = [voice.money(data.amount), voice.day(data.draftOn)];
  return {
    subject: `${amount} will be taken on ${day}`,
    preview: `From ${data.method}, for account ${data.accountNumber}.`,
    heading: `On ${day} we take`,
    hero: amount,
    lines: [
      `From ${data.method}, for account ${data.accountNumber}. There is nothing to do.`,
      "It is never more than this. Whatever you pay by hand before, or dispute, comes off it.",
    ],
    rows: data.bills.map((bill) => ({ label: `Bill ${bill.number}`, value: voice.money(bill.amount) })),
    action: { label: "See it, change it or stop it", path: data.path },
  };
};

export const draftFailed: Writer<"draft_failed"> = (data, voice) => {
  const amount = voice.money(data.amount);
  return {
    subject: `We could not take ${amount}`,
    preview: data.why,
    heading: "The payment did not go through",
    hero: amount,
    lines: [
      data.why,
      `Nothing was taken from ${data.method}, for account ${data.accountNumber}.`,
      data.retryOn === null
        ? "We will not try it again. Please pay in another way."
        : `We try it again on ${voice.day(data.retryOn)}. If you pay by hand before, we do not.`,
    ],
    action: { label: data.retryOn === null ? "Pay another way" : "See what you can do", path: data.path },
  };
};

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
