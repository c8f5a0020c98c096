const ECHOES: ReadonlySet<string> = new Set([
  ...["payment_intent.created", "charge.pending", "charge.succeeded", "charge.failed", "charge.captured"],
  ...["customer.created", "customer.updated", "customer.deleted", "mandate.updated", "payment_method.attached"],
  ...["payment_method.detached", "setup_intent.created", "balance.available", "charge.refunded"],
  "payout.reconciliation_completed",
]);

/** What we hear and need not act on: our own calls' echoes, and objects we read when we need them. */
export const isEcho = (eventType: string): boolean => ECHOES.has(eventType);
