/** What is said after a change to saved cards and bank accounts. */
export const METHOD_DONE = {
  default: "That one is offered first from now on.",
  remove: "It is removed. Payments already made with it stay as they are.",
} as const;
