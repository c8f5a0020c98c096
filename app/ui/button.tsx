import { type ButtonHTMLAttributes, forwardRef, type MouseEvent, type ReactNode } from "react";

import { Link, type LinkProps } from "./link.tsx";
import { Spinner } from "./spinner.tsx";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
type Look = { variant?: ButtonVariant; wide?: boolean; icon?: boolean };

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  Look & {
    /** Working: the spinner takes the label's place, the width stays, further presses do nothing. */
    pending?: boolean;
    children: ReactNode;
  };

/** A verb with its object. `icon` makes it square and needs an `aria-label`. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(props, ref) {
  const { variant = "secondary", wide, icon, pending = false, type = "button", onClick, children, ...rest } = props;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (pending) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      ref={ref}
      {...lookOf({ variant, wide, icon })}
      type={type}
      onClick={press}
      aria-busy={pending || undefined}
      aria-disabled={pending || rest["aria-disabled"]}
    >
      <span className="ui-button-label">{children}</span>
      {pending ? <Spinner /> : null}
    </button>
  );
});

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ variant = "secondary", wide, icon, children, ...rest }: LinkProps & Look) {
  return (
    <Link {...rest} {...lookOf({ variant, wide, icon })}>
      <span className="ui-button-label">{children}</span>
    </Link>
  );
}

type LookFacts = { variant: ButtonVariant; wide: boolean | undefined; icon: boolean | undefined };

const lookOf = ({ variant, wide, icon }: LookFacts) => ({
  className: "ui-button",
  "data-variant": variant,
  "data-wide": wide ? "" : undefined,
  "data-icon": icon ? "" : undefined,
});
