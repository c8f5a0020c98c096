import { useActionData, useLocation } from "@remix-run/react";
import { useState } from "react";

/**
 * What the action answered, as `useActionData`, which forgets it as soon as a live page loads its data anew: here it
 * stays until the form is sent again or the page is left.
 */
export function useReply<Action>() {
  const answered = useActionData<Action>();
  const { key } = useLocation();
  const [kept, keep] = useState({ key, answered });
  // Answered while the page still stands at its old location; once it has arrived, the same answer is the new one's.
  if (answered !== undefined && (answered !== kept.answered || key !== kept.key)) keep({ key, answered });
  return answered ?? (kept.key === key ? kept.answered : undefined);
}
