/** What the payments domain needs of a card processor. Implemented by server/integrations/stripe. */
export type Processor = {
  readonly mode: "sandbox" | "live";
};
