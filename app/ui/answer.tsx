import { useNavigation } from "@remix-run/react";
import { type ReactNode, useEffect, useRef, useState } from "react";

import { CircleAlert, CircleCheck } from "./icons.ts";

export type AnswerProps = {
  /** What the action answered: the same object as long as it is the same answer. */
  of: unknown;
  tone?: "settled" | "overdue";
  /** Beside the button that was pressed, instead of above the page's content. */
  inline?: boolean;
  children: ReactNode;
};

/**
 * Says what became of a form, and comes into view. The pressed button often goes with what it did, or its form begins
 * anew: then the keyboard goes on from here. Inside a form it goes as soon as somebody types on.
 */
export function Answer({ of, tone = "settled", inline, children }: AnswerProps) {
  const ref = useRef<HTMLDivElement>(null);
  const idle = useNavigation().state === "idle";
  const [typedOn, setTypedOn] = useState<unknown>(null);
  useEffect(() => {
    if (!idle) return;
    const line = ref.current;
    if (document.activeElement === document.body) line?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: "nearest" });
    const form = line?.closest("form");
    const go = () => setTypedOn(of);
    form?.addEventListener("input", go, { once: true });
    return () => form?.removeEventListener("input", go);
  }, [of, idle]);
  if (typedOn === of) return null;
  const Icon = tone === "settled" ? CircleCheck : CircleAlert;
  return (
    <div
      ref={ref}
      className={inline ? "ui-answer" : "ui-notice"}
      data-tone={tone}
      role={tone === "overdue" ? "alert" : "status"}
      tabIndex={-1}
    >
      <Icon size={inline ? 16 : 20} aria-hidden="true" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
