import { useActionData, useNavigation } from "@remix-run/react";
import { useState } from "react";

import { Button, type ButtonProps } from "./button.tsx";

/**
 * Submits its form and shows that it is being sent. With `name` and `value` it is pending only when it was the one
 * pressed. A fetcher's form passes `pending` itself: its submission is not the page's navigation.
 */
export function SubmitButton({ variant = "primary", pending, ...rest }: ButtonProps) {
  const navigation = useNavigation();
  const refused = useRefused(navigation.state);
  const sending = navigation.state !== "idle" && navigation.formMethod !== undefined && navigation.formMethod !== "GET";
  const mine = rest.name === undefined || navigation.formData?.get(rest.name) === String(rest.value ?? "");
  return <Button {...rest} type="submit" variant={variant} pending={pending ?? (sending && mine && !refused)} />;
}

/** What was sent was refused, and the page around is still read again: the correction need not wait for that. */
function useRefused(state: ReturnType<typeof useNavigation>["state"]): boolean {
  const reply = useActionData<{ ok?: boolean } | undefined>();
  const [before, setBefore] = useState(reply);
  if (state !== "loading" && before !== reply) setBefore(reply);
  return state === "loading" && before !== reply && reply?.ok === false;
}
