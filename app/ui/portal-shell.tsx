import { Form } from "@remix-run/react";
import { type ReactNode } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { Avatar } from "./avatar.tsx";
import { type Biller, Brand } from "./brand.tsx";
import { Bell, Contrast, Menu } from "./icons.ts";
import { Link, NavLink } from "./link.tsx";
import { Popover } from "./popover.tsx";
import { SkipLink } from "./skip-link.tsx";
import { ThemeChoice } from "./theme-choice.tsx";
import { ToastProvider } from "./toast.tsx";

export type PortalShellProps = {
  biller: Biller;
  /** Signed in or not: a guest sees no navigation. */
  person: { name: string } | null;
  unreadMessages?: number;
  /** News of the account that this person has not seen; from ten on they are not counted. */
  unseenNews?: number;
  /** The thread that stands on every page: its button is among the tools, or floats where there is room beside the page. */
  dock?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

const PLACES = [
  { to: "/account", label: "Account" },
  { to: "/bills", label: "Bills" },
  { to: "/statements", label: "Statements" },
  { to: "/disputes", label: "Disputes" },
  { to: "/messages", label: "Messages" },
  { to: "/settings", label: "Settings" },
];

/** The customer's room: one calm column, the biller's name above, everything else behind one button on a phone. */
export function PortalShell({
  biller,
  person,
  unreadMessages = 0,
  unseenNews = 0,
  dock,
  footer,
  children,
}: PortalShellProps) {
  return (
    <ToastProvider>
      <div className="portal">
        <SkipLink />
        <header className="portal-header">
          <div className="portal-bar">
            <Brand biller={biller} to={person ? "/account" : "/"} />
            {person ? (
              <nav className="portal-nav" aria-label="Main">
                <Places unreadMessages={unreadMessages} />
              </nav>
            ) : null}
            <div className="portal-tools">
              {person ? <News unseen={unseenNews} /> : null}
              {dock}
              <Popover
                id="theme"
                label="Theme"
                icon={<Contrast size={20} aria-hidden="true" />}
                {...(person ? { className: "portal-theme" } : {})}
              >
                <div className="p-1">
                  <ThemeChoice />
                </div>
              </Popover>
              {person ? (
                <Popover
                  id="person"
                  label={`Signed in as ${isolated(person.name)}`}
                  icon={<Avatar name={person.name} />}
                  className="portal-person"
                >
                  <SignOut name={person.name} />
                </Popover>
              ) : null}
              {person ? <PhoneMenu name={person.name} unreadMessages={unreadMessages} /> : null}
            </div>
          </div>
        </header>
        <main className="portal-main" id="main" tabIndex={-1}>
          {children}
        </main>
        {footer ? <footer className="portal-footer">{footer}</footer> : null}
      </div>
    </ToastProvider>
  );
}

/** All places and the person's own things, behind one button. */
function PhoneMenu({ name, unreadMessages }: { name: string; unreadMessages: number }) {
  return (
    <Popover id="places" label="Menu" icon={<Menu size={20} aria-hidden="true" />} className="portal-menu-button">
      <nav aria-label="Menu">
        <Places unreadMessages={unreadMessages} className="ui-menu-item" />
      </nav>
      <div className="ui-menu-line" />
      <div className="p-1">
        <ThemeChoice />
      </div>
      <div className="ui-menu-line" />
      <SignOut name={name} />
    </Popover>
  );
}

function News({ unseen }: { unseen: number }) {
  const count = unseen > 9 ? "9+" : String(unseen);
  return (
    <Link
      to="/notices"
      className="ui-button portal-bell"
      data-variant="quiet"
      data-icon=""
      aria-label={unseen > 0 ? `Notices, ${count} new` : "Notices"}
    >
      <Bell size={20} aria-hidden="true" />
      {unseen > 0 ? (
        <span className="ui-unread" aria-hidden="true">
          {count}
        </span>
      ) : null}
    </Link>
  );
}

function Places({ unreadMessages, className }: { unreadMessages: number; className?: string }) {
  return PLACES.map((place) => (
    <NavLink key={place.to} to={place.to} prefetch="intent" {...(className ? { className } : {})}>
      {place.label}
      {place.to === "/messages" && unreadMessages > 0 ? (
        <span className="ui-unread">
          {unreadMessages}
          <span className="sr-only"> unread</span>
        </span>
      ) : null}
    </NavLink>
  ));
}

function SignOut({ name }: { name: string }) {
  return (
    <>
      <div className="ui-menu-label">
        Signed in as <bdi>{name}</bdi>
      </div>
      <Form method="post" action="/sign-out" reloadDocument>
        <button className="ui-menu-item">Sign out</button>
      </Form>
    </>
  );
}
