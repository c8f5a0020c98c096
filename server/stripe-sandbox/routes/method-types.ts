import { flag, group, texts, type Form } from "../call/params.ts";
import { badParameter } from "../call/stripe-fault.ts";

const known = new Set(["card", "us_bank_account"]);

export type MethodTypes = {
  types: string[];
  allowed: string[] | null;
  automatic: { allowRedirects: "always" | "never" } | null;
};

/** Which methods an intent admits: named ones, or what the account has on for this currency. */
export function methodTypesFrom(params: Form, currency: string): MethodTypes {
  const allowed = texts(params, "allowed_payment_method_types") ?? null;
  const strange = allowed?.find((type) => !known.has(type));
  if (strange !== undefined)
    throw badParameter({
      param: "allowed_payment_method_types",
      message: `The payment method type "${strange}" is invalid, or not one the stand-in has (card, us_bank_account).`,
    });
  if (currency !== "usd" && allowed?.includes("us_bank_account"))
    throw badParameter({
      param: "currency",
      message: `The currency provided (${currency}) is invalid for the payment method us_bank_account, which takes usd.`,
    });
  const automatic = group(params, "automatic_payment_methods");
  const own = currency === "usd" ? ["card", "us_bank_account"] : ["card"];
  const excluded = new Set(texts(params, "excluded_payment_method_types") ?? []);
  const types = (allowed ?? own).filter((type) => !excluded.has(type));
  // On unless types are named: so since API version 2023-08-16.
  const enabled = automatic === undefined ? allowed === null : flag(automatic, "enabled") !== false;
  return {
    types,
    allowed,
    automatic: enabled ? { allowRedirects: automatic?.["allow_redirects"] === "never" ? "never" : "always" } : null,
  };
}
