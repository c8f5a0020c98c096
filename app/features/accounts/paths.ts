const part = encodeURIComponent;

/** The addresses of an account in the console. Numbers of other books may hold any character. */
export const accountPath = (number: string): string => `/console/accounts/${part(number)}`;
export const accountPartPath = (
  number: string,
  name: "bills" | "payments" | "plans" | "reminders" | "statements" | "details" | "people" | "log",
): string => `${accountPath(number)}/${name}`;
/** One payment, by its prefixed id; from a conversation, so that what is given there leaves its card. */
export const accountPaymentPath = (number: string, id: string, conversation: string | null = null): string =>
  `${accountPartPath(number, "payments")}/${id}${conversation === null ? "" : `?c=${part(conversation)}`}`;
export const recordPaymentPath = (number: string): string => `${accountPartPath(number, "payments")}/record`;
export const accountBillPath = (number: string, bill: string): string =>
  `${accountPartPath(number, "bills")}/${part(bill)}`;
