import { ButtonLink } from "./button.tsx";
import { ChevronLeft, ChevronRight } from "./icons.ts";

/** Newer and older pages of a list read by a cursor. Nothing at all when there is one page. */
export function Pagination({ newer, older, label }: { newer?: string | null; older?: string | null; label: string }) {
  if (!newer && !older) return null;
  return (
    <nav aria-label={label} className="mt-4 flex justify-between gap-2">
      {newer ? (
        <ButtonLink to={newer} variant="quiet" rel="prev">
          <ChevronLeft size={16} aria-hidden="true" />
          Newer
        </ButtonLink>
      ) : (
        <span />
      )}
      {older ? (
        <ButtonLink to={older} variant="quiet" rel="next">
          Older
          <ChevronRight size={16} aria-hidden="true" />
        </ButtonLink>
      ) : null}
    </nav>
  );
}
