import { bug } from "#server/platform/faults.ts";

/** A confirmation token of a test card, as the card form would have made it: `pm_card_visa`. Test modes only. */
export async function makeToken(
  { apiBase, secretKey }: { apiBase: string; secretKey: string },
  method: string,
): Promise<string> {
  const response = await fetch(`${apiBase}/v1/test_helpers/confirmation_tokens`, {
    method: "POST",
    headers: { Authorization: `Bearer ${secretKey}`, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ payment_method: method }),
  });
  const answer = (await response.json()) as { id?: string };
  if (!response.ok || answer.id === undefined) throw bug(`no confirmation token for ${method}`);
  return answer.id;
}
