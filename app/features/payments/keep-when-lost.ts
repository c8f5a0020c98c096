import { type ClientActionFunctionArgs } from "@remix-run/react";

import { type PayReply } from "#app/contracts/pay-reply.ts";

const LOST =
  "The connection was lost while your payment was sent. Once you are connected again, this page shows what is still due: press again for that. Nothing is taken twice.";

/**
 * Sends a pay form. A line that breaks at the press leaves the form as it stands, the card in it too: pressed again it has
 * the same key, so that whatever arrived of the first press is answered and nothing is charged twice.
 */
export async function keepWhenLost({ request, serverAction }: ClientActionFunctionArgs): Promise<unknown> {
  const sent = await request.clone().formData();
  try {
    return await serverAction();
  } catch (error) {
    // The network; what the server throws is an answer, and somebody who goes elsewhere is another error.
    if (!(error instanceof TypeError)) throw error;
    const values = Object.fromEntries(
      [...sent].filter((field): field is [string, string] => typeof field[1] === "string"),
    );
    return {
      errors: { form: LOST },
      values,
      becomesCredit: false,
      asCredit: null,
      next: null,
      formKey: null,
    } satisfies PayReply;
  }
}
