import interUrl from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import { type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
  useMatches,
} from "@remix-run/react";
import { type ReactNode } from "react";

import { readTheme } from "./http/preferences.server.ts";
import { findContact } from "./http/shell.server.ts";
import { ErrorPage } from "./ui/error-page.tsx";
import { useNonce } from "./ui/nonce.ts";
import { CONSOLE_ROOM } from "./ui/room.ts";
import { useTheme } from "./ui/theme.ts";
import { UnderWay } from "./ui/under-way.tsx";
import "./styles/index.css";

export const links: LinksFunction = () => [
  { rel: "preload", href: interUrl, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
  { rel: "manifest", href: "/site.webmanifest" },
];

export const meta: MetaFunction = () => [{ title: "Remit" }];

export const loader = async (args: LoaderFunctionArgs) => ({
  theme: readTheme(args.request),
  requestId: args.context.requestId ?? null,
  // Here and not in a layout: whatever fails below, the page that says so can tell whom to ask.
  contact: await findContact(args),
});

/** Only a change of theme changes anything here. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction }) => formAction === "/theme";

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const theme = useTheme();
  const isConsole = useMatches().some(({ handle }) => handle === CONSOLE_ROOM);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme} data-room={isConsole ? "console" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content={theme === "system" ? "light dark" : theme} />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return (
    <>
      <UnderWay />
      <Outlet />
    </>
  );
}

export function ErrorBoundary() {
  return (
    <main id="main">
      <ErrorPage />
    </main>
  );
}
