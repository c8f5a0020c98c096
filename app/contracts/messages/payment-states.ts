/** Where an attempt to pay stands, as staff read it. */
export const PAYMENT_STATE_NAMES = {
  requested: "Requested",
  requires_action: "Waits for the customer",
  processing: "Processing",
  settled: "Settled",
  failed: "Failed",
  canceled: "Canceled",
} as const;
