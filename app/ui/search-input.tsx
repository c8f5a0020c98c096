import { forwardRef, type InputHTMLAttributes } from "react";

import { Search } from "./icons.ts";
import { Kbd } from "./kbd.tsx";

export type SearchInputProps = InputHTMLAttributes<HTMLInputElement> & { label: string; keyHint?: string };

/** Looks for something. `keyHint` names the key that brings the focus here. */
export const SearchInput = forwardRef<HTMLInputElement, SearchInputProps>(function SearchInput(
  { label, keyHint, ...rest },
  ref,
) {
  return (
    <div className="ui-affix" role="search">
      <Search size={16} aria-hidden="true" />
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        ref={ref}
        type="search"
        aria-label={label}
        aria-keyshortcuts={keyHint}
        className="ui-input"
      />
      {keyHint ? <Kbd>{keyHint}</Kbd> : null}
    </div>
  );
});
