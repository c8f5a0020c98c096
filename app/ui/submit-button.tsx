import { useNavigation } from "@remix-run/react";

import { Button, type ButtonProps } from "./button.tsx";

/**
 * Submits its form and shows that it is being sent. With `name` and `value` it is pending only when it was the one
 * pressed. A fetcher's form passes `pending` itself: its submission is not the page's navigation.
 */
export function SubmitButton({ variant = "primary", pending, ...rest }: ButtonProps) {
  const navigation = useNavigation();
  const sending = navigation.state !== "idle" && navigation.formMethod !== undefined && navigation.formMethod !== "GET";
  const mine = rest.name === undefined || navigation.formData?.get(rest.name) === String(rest.value ?? "");
  return <Button {...rest} type="submit" variant={variant} pending={pending ?? (sending && mine)} />;
}
