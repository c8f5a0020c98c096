const part = encodeURIComponent;

/** The addresses of an account in the console. Numbers of other books may hold any character. */
export const accountPath = (number: string): string => `/console/accounts/${part(number)}`;
export const accountPartPath = (number: string, name: "bills" | "payments" | "details" | "people" | "log"): string =>
  `${accountPath(number)}/${name}`;
export const accountBillPath = (number: string, bill: string): string =>
  `${accountPartPath(number, "bills")}/${part(bill)}`;
