/** The addresses of a bill. Imported numbers may hold any character. */
export const billPath = (number: string): string => `/bills/${encodeURIComponent(number)}`;
export const billPdfPath = (number: string): string => `${billPath(number)}/bill.pdf`;
export const payBillPath = (number: string): string => `/pay?${query({ bill: number })}`;
export const disputeBillPath = (number: string): string => `/disputes/new?${query({ bill: number })}`;
export const askAboutBillPath = (number: string): string => `/messages?${query({ about: `bill:${number}` })}`;

const query = (parts: Record<string, string>): string => new URLSearchParams(parts).toString();
