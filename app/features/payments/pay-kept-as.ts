/** What is chosen and typed on a pay page, by who chooses and for which account; a space and the page's search follow. */
export const payKeptAs = (loginId: string, accountId: string): string => `pay ${loginId} ${accountId}`;
