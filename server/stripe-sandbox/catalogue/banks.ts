import { type BankFailure } from "./declines.ts";

/** What a bank account does with a debit. */
export type BankConduct = {
  failure?: BankFailure;
  /** Settles, and is returned days later: Stripe tells that as a dispute. */
  returnedAfterSettling?: boolean;
  staysProcessing?: boolean;
  overWeeklyLimit?: boolean;
  microdepositsFail?: boolean;
};

export const bankConducts = {
  succeeds: {},
  accountClosed: { failure: "accountClosed" },
  noAccount: { failure: "noAccount" },
  insufficientFunds: { failure: "insufficientFunds" },
  debitNotAuthorized: { failure: "debitNotAuthorized" },
  invalidCurrency: { failure: "invalidCurrency" },
  tokenDeactivated: { failure: "tokenDeactivated" },
  returned: { returnedAfterSettling: true },
  processing: { staysProcessing: true },
  overWeeklyLimit: { overWeeklyLimit: true },
  microdepositsFail: { microdepositsFail: true },
} as const satisfies Record<string, BankConduct>;

export type BankBehaviour = keyof typeof bankConducts;

export function bankConductOf(behaviour: BankBehaviour): BankConduct {
  return bankConducts[behaviour];
}

const byNumber: Record<string, BankBehaviour> = {
  "000111111113": "accountClosed",
  "000111111116": "noAccount",
  "000222222227": "insufficientFunds",
  "000333333335": "debitNotAuthorized",
  "000444444440": "invalidCurrency",
  "000555555559": "returned",
  "000666666661": "microdepositsFail",
  "000777777771": "overWeeklyLimit",
  "000888888885": "tokenDeactivated",
  "000000000009": "processing",
};

export function recogniseBankAccount(number: string): { last4: string; behaviour: BankBehaviour } {
  return { last4: number.slice(-4), behaviour: byNumber[number] ?? "succeeds" };
}

/** The check digit of an American routing number. */
export function validRoutingNumber(routing: string): boolean {
  if (!/^\d{9}$/.test(routing)) return false;
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
  return weights.reduce((sum, weight, index) => sum + weight * Number(routing[index]), 0) % 10 === 0;
}
