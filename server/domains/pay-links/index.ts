export { ensurePayLink, type PayLink } from "./ensure-pay-link.ts";
export { type FoundBill, lookUpBills } from "./look-up-bills.ts";
export { mailIssuedBill } from "./mail-issued-bill.ts";
export { type Guest, type OpenedLink, openPayLink } from "./open-pay-link.ts";
export { countUse, type CurrentLink, findPayLink, getGuestBill, getGuestPlan, type GuestBill } from "./queries.ts";
export { renewPayLink } from "./renew-pay-link.ts";
export { requestFreshLink } from "./request-fresh-link.ts";
export { revokePayLink } from "./revoke-pay-link.ts";
export { subscribePayLinks } from "./subscribers.ts";
