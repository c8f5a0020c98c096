import { Form } from "@remix-run/react";
import { type ReactNode } from "react";

import { Avatar } from "./avatar.tsx";
import { type Biller, Brand } from "./brand.tsx";
import {
  Building2,
  Import,
  CalendarDays,
  Inbox,
  Landmark,
  LogOut,
  Menu,
  PackageOpen,
  Scale,
  Settings2,
  SlidersHorizontal,
  UserCheck,
  UserCog,
  Users,
  type LucideIcon,
} from "./icons.ts";
import { Link, NavLink } from "./link.tsx";
import { Popover } from "./popover.tsx";
import { SkipLink } from "./skip-link.tsx";
import { ThemeChoice } from "./theme-choice.tsx";
import { ToastProvider } from "./toast.tsx";

export type StaffRole = "rep" | "supervisor" | "admin";

export type ConsoleShellProps = {
  biller: Biller;
  person: { name: string; role: StaffRole };
  /** How much waits in a place. Left out or 0: nothing is shown. */
  counts?: Counts;
  /** Above the places: search. */
  tools?: ReactNode;
  children: ReactNode;
};

type Counts = { parked?: number };

type Place = {
  to: string;
  label: string;
  Icon: LucideIcon;
  count?: keyof Counts;
  roles?: readonly StaffRole[];
};

const PLACES: readonly Place[] = [
  { to: "/console", label: "Inbox", Icon: Inbox },
  { to: "/console/accounts", label: "Accounts", Icon: Users },
  { to: "/console/disputes", label: "Disputes", Icon: Scale },
  { to: "/console/deposits", label: "Deposits", Icon: Landmark },
  { to: "/console/plans", label: "Plans", Icon: CalendarDays },
  { to: "/console/claims", label: "Claims", Icon: UserCheck },
  { to: "/console/imports", label: "Import", Icon: Import, roles: ["supervisor", "admin"] },
  {
    ...{ to: "/console/parked", label: "Parked events", Icon: PackageOpen, count: "parked" },
    roles: ["supervisor", "admin"],
  },
  { to: "/console/business", label: "Business", Icon: Building2, roles: ["admin"] },
  { to: "/console/policies", label: "Policies", Icon: SlidersHorizontal, roles: ["admin"] },
  { to: "/console/staff", label: "Staff", Icon: UserCog, roles: ["admin"] },
];

/** The places that somebody of this role has in their rail. */
export const placesFor = (role: StaffRole): readonly Place[] =>
  PLACES.filter((place) => place.roles?.includes(role) ?? true);

/** The staff's room: a rail of places, and the rest of the window for the work. Sets the dense measures (tokens). */
export function ConsoleShell({ biller, person, counts = {}, tools, children }: ConsoleShellProps) {
  return (
    <ToastProvider>
      <div className="console" data-density="console">
        <SkipLink />
        <nav className="console-rail" aria-label="Main">
          <Brand biller={biller} to="/console" />
          {tools}
          <div className="console-places">
            <Places role={person.role} counts={counts} className="console-link" />
          </div>
          <div className="console-rail-end">
            <PersonMenu person={person} />
          </div>
          <PhoneMenu person={person} counts={counts} />
        </nav>
        <main className="console-main" id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </ToastProvider>
  );
}

function Places({ role, counts, className }: { role: StaffRole; counts: Counts; className: string }) {
  return placesFor(role).map(({ to, label, Icon, count }) => (
    <NavLink key={to} to={to} end={to === "/console"} className={className} prefetch="intent">
      <Icon size={16} aria-hidden="true" />
      {label}
      {count ? <Waiting count={counts[count] ?? 0} /> : null}
    </NavLink>
  ));
}

function Waiting({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="ui-unread">
      <span className="sr-only">, </span>
      {count > 99 ? "99+" : count}
      <span className="sr-only"> waiting</span>
    </span>
  );
}

function PersonMenu({ person }: { person: ConsoleShellProps["person"] }) {
  return (
    <div className="console-person">
      <Avatar name={person.name} size="small" />
      <span className="truncate">{person.name}</span>
      <Popover
        id="console-menu"
        label="Theme, settings and sign out"
        place="rail"
        icon={<Settings2 size={16} aria-hidden="true" />}
      >
        <OwnThings person={person} />
      </Popover>
    </div>
  );
}

/** On a phone all places stand behind one button, which says whether something waits in one of them. */
function PhoneMenu({ person, counts }: { person: ConsoleShellProps["person"]; counts: Counts }) {
  const waiting = counts.parked ?? 0;
  return (
    <Popover
      id="console-places"
      label={waiting > 0 ? `Menu, ${String(waiting)} parked events` : "Menu"}
      className="console-menu-button"
      icon={
        <>
          <Menu size={20} aria-hidden="true" />
          {waiting > 0 ? <span className="console-menu-mark" /> : null}
        </>
      }
    >
      <Places role={person.role} counts={counts} className="ui-menu-item" />
      <div className="ui-menu-line" />
      <OwnThings person={person} />
    </Popover>
  );
}

function OwnThings({ person }: { person: ConsoleShellProps["person"] }) {
  return (
    <>
      <div className="ui-menu-label">
        <bdi>{person.name}</bdi>
        {`, ${person.role}`}
      </div>
      <div className="p-1">
        <ThemeChoice />
      </div>
      <div className="ui-menu-line" />
      <Link to="/console/settings" className="ui-menu-item">
        <Settings2 size={16} aria-hidden="true" />
        Settings
      </Link>
      <Form method="post" action="/sign-out" reloadDocument>
        <button className="ui-menu-item">
          <LogOut size={16} aria-hidden="true" />
          Sign out
        </button>
      </Form>
    </>
  );
}

/** A console page that scrolls as one: a list, a form, an account. The inbox uses `Panes` instead. */
export function ConsolePage({ children }: { children: ReactNode }) {
  return <div className="console-page">{children}</div>;
}
