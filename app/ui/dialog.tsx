import * as Radix from "@radix-ui/react-dialog";
import { type ReactNode } from "react";

import { Button } from "./button.tsx";
import { X } from "./icons.ts";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** The buttons, main one last. */
  actions?: ReactNode;
  /** At the side on wide screens instead of in the middle. */
  side?: boolean;
  children?: ReactNode;
};

/** Asks for one thing over the page: a sheet from below on a phone. Focus goes in, stays in, and comes back. */
export function Dialog({ open, onOpenChange, title, lead, actions, side, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="ui-veil" />
        <Radix.Content className="ui-dialog" data-side={side ? "" : undefined} {...(lead ? {} : NO_LEAD)}>
          <div className="ui-dialog-head">
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close asChild>
              <Button variant="quiet" icon aria-label="Close">
                <X size={18} aria-hidden="true" />
              </Button>
            </Radix.Close>
          </div>
          {lead ? <Radix.Description className="text-ink-2">{lead}</Radix.Description> : null}
          {children ? <div className="mt-4">{children}</div> : null}
          {actions ? <div className="ui-dialog-foot">{actions}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const NO_LEAD = { "aria-describedby": undefined };
