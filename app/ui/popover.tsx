import { type MouseEvent, type ReactNode } from "react";

export type PopoverProps = {
  id: string;
  label: string;
  icon: ReactNode;
  className?: string;
  /** Where it opens: under the header's right end, or above the foot of the console's rail. */
  place?: "header" | "rail";
  children: ReactNode;
};

/**
 * A button that opens a small panel, by the platform's own popover: works without script, closes on Escape and on a
 * press outside. Going somewhere from inside closes it too.
 */
export function Popover({ id, label, icon, className, place = "header", children }: PopoverProps) {
  const closeOnLink = (event: MouseEvent<HTMLDivElement>) => {
    if (event.target instanceof Element && event.target.closest("a")) event.currentTarget.hidePopover();
  };
  return (
    <div className={className}>
      <button {...{ popovertarget: id }} type="button" className="ui-button" data-variant="quiet" data-icon="">
        <span className="sr-only">{label}</span>
        {icon}
      </button>
      <div {...{ popover: "auto" }} id={id} className="ui-popover" data-place={place} onClick={closeOnLink}>
        {children}
      </div>
    </div>
  );
}
