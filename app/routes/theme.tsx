import { type ActionFunctionArgs } from "@remix-run/node";

import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";

import { themeCookie } from "../http/preferences.server.ts";
import { THEMES } from "../ui/theme.ts";

/** Remembers how this browser wants the pages, and goes back to where the person was. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const theme = THEMES.find((known) => known === form.get("theme")) ?? "system";
  const next = form.get("next");
  return redirect(typeof next === "string" ? next : "/", {
    status: 303,
    headers: { "Set-Cookie": themeCookie(theme) },
  });
}

export const loader = () => redirect("/");
