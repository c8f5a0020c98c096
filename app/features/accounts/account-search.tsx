import { Form, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";

import { Button } from "#app/ui/button.tsx";
import { SearchInput } from "#app/ui/search-input.tsx";
import { focusFirstRow } from "#app/ui/use-row-keys.ts";

const PAUSE_MS = 150;

/** Searches while somebody types; by its button where there is no script. Down goes into the list. */
export function AccountSearch({ query }: { query: string }) {
  const submit = useSubmit();
  const navigation = useNavigation();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What was typed before the page's script was there has been heard by nobody.
    const typed = new FormData(form.current ?? undefined).get("q");
    if (form.current && typed !== form.current.querySelector("input")?.defaultValue)
      submit(form.current, { replace: true });
    return () => clearTimeout(timer.current);
  }, [submit]);
  const search = ({ currentTarget }: FormEvent<HTMLFormElement>) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(currentTarget, { replace: true }), PAUSE_MS);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    focusFirstRow();
  };
  const searching = navigation.state === "loading" && navigation.location.pathname === "/console/accounts";
  return (
    <Form ref={form} method="get" className="flex items-center gap-2" onInput={search} aria-busy={searching}>
      <div className="min-w-0 grow sm:max-w-96">
        <SearchInput
          name="q"
          label="Search accounts by number, name or e-mail"
          placeholder="Number, name or e-mail"
          keyHint="/"
          defaultValue={query}
          onKeyDown={press}
        />
      </div>
      <Button type="submit">Search</Button>
    </Form>
  );
}
