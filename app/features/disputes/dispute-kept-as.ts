/** The name under which a dispute is kept while it is written; the case that it becomes forgets it. */
export const disputeKeptAs = (loginId: string, billNumber: string): string => `dispute ${loginId} ${billNumber}`;
