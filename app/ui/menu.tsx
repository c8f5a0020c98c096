import * as Radix from "@radix-ui/react-dropdown-menu";
import { type ReactNode } from "react";

import { Kbd } from "./kbd.tsx";

export type MenuItem =
  | { kind: "line"; key: string }
  | {
      kind?: "item";
      key: string;
      label: ReactNode;
      icon?: ReactNode;
      hint?: string;
      tone?: "danger";
      disabled?: boolean;
      onSelect: () => void;
    };

/**
 * Actions behind one button, for the console. `trigger` is a `Button`. Navigation belongs in links, not here. Without
 * a portal, so that it stays inside its landmark; it is placed fixed, so nothing clips it.
 */
export function Menu({ trigger, items, label }: { trigger: ReactNode; items: readonly MenuItem[]; label: string }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Content className="ui-menu" sideOffset={4} align="end" collisionPadding={8} aria-label={label}>
        {items.map((item) =>
          item.kind === "line" ? (
            <Radix.Separator key={item.key} className="ui-menu-line" />
          ) : (
            <Radix.Item
              key={item.key}
              className="ui-menu-item"
              data-tone={item.tone}
              disabled={item.disabled ?? false}
              onSelect={item.onSelect}
            >
              {item.icon}
              {item.label}
              {item.hint ? <Kbd>{item.hint}</Kbd> : null}
            </Radix.Item>
          ),
        )}
      </Radix.Content>
    </Radix.Root>
  );
}
