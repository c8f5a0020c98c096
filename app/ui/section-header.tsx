import { type ReactNode } from "react";

/** The name of a part of a page, and at its far end one way on ("See all"). */
export function SectionHeader({ title, level = 2, id, action }: SectionHeaderProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="ui-section-header">
      <Heading id={id}>{title}</Heading>
      {action}
    </div>
  );
}

type SectionHeaderProps = { title: ReactNode; level?: 2 | 3; id?: string; action?: ReactNode };
