import { and, asc, eq, gt, isNotNull, ne } from "drizzle-orm";

import { encodeId } from "../../app/contracts/ids.ts";
import routes from "../../app/routes.ts";
import { accounts, conversations, disputes, invoices, mails, payments, plans } from "../../db/schema/index.ts";
import { unsubscribePath } from "../../server/domains/notifications/index.ts";
import { ensurePayLink } from "../../server/domains/pay-links/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";

type Node = { file: string; path?: string | undefined; index?: boolean | undefined; children?: Node[] | undefined };

export type Address = {
  file: string;
  path: string;
  /** Where its form posts to: an index shares its parent's path. */ posts: string;
};

/** Every route with its whole path; layouts have none of their own. */
export function listAddresses(): Address[] {
  const walk = (nodes: readonly Node[], base: string): Address[] =>
    nodes.flatMap((node) => {
      const path = node.path === undefined ? base : `${base}/${node.path}`.replace(/\/+/g, "/");
      const own =
        node.path !== undefined || node.index === true
          ? [{ file: node.file, path: path || "/", posts: `${path || "/"}${node.index === true ? "?index" : ""}` }]
          : [];
      const inside = node.children ?? [];
      // A route with an index below it is shown by that index.
      return [...(inside.some((child) => child.index) ? [] : own), ...walk(inside, path)];
    });
  return walk(routes as Node[], "");
}

/** What stands for a parameter: something of the customer's own, of somebody else's, and of nobody. */
export type Ids = Record<"own" | "foreign" | "unknown", Readonly<Record<string, string>>>;

export const OWN = "LKW-10001";

/** Values for the parameters of every address, by address where a name means several things. */
export async function readIds(): Promise<Ids> {
  const dataDir = process.env["REMIT_E2E_DATA_DIR"];
  if (dataDir) process.env["DATA_DIR"] = dataDir;
  return withDatabase("e2e", async ({ db, ctx }) => {
    const [own] = await db.select().from(accounts).where(eq(accounts.number, OWN));
    const of = async (mine: boolean) => {
      const about = <T extends { accountId: typeof invoices.accountId | typeof disputes.accountId }>(table: T) =>
        mine ? eq(table.accountId, own?.id ?? "") : ne(table.accountId, own?.id ?? "");
      const [bill] = await db.select().from(invoices).where(about(invoices)).orderBy(asc(invoices.id)).limit(1);
      const [dispute] = await db.select().from(disputes).where(about(disputes)).limit(1);
      const [talk] = await db
        .select()
        .from(conversations)
        .where(about(conversations as never))
        .limit(1);
      const [held] = await db
        .select()
        .from(conversations)
        .where(and(eq(conversations.state, "assigned"), isNotNull(conversations.assigneeLoginId)))
        .limit(1);
      const [payment] = await db
        .select()
        .from(payments)
        .where(about(payments as never))
        .limit(1);
      const [account] = await db
        .select()
        .from(accounts)
        .where(mine ? eq(accounts.number, OWN) : eq(accounts.id, bill?.accountId ?? ""));
      // One of the very account that stands for :number.
      const [paid] = await db
        .select()
        .from(payments)
        .where(eq(payments.accountId, account?.id ?? ""))
        .limit(1);
      const [plan] = await db
        .select()
        .from(plans)
        .where(about(plans as never))
        .limit(1);
      const [payable] = await db
        .select()
        .from(invoices)
        .where(and(about(invoices), gt(invoices.openMinor, invoices.heldMinor)))
        .limit(1);
      const [told] = await db.select().from(mails).where(eq(mails.kind, "receipt")).limit(1);
      const link =
        payable && (await ensurePayLink({ ctx, input: { accountId: payable.accountId, invoiceId: payable.id } }));
      return {
        "/unsubscribe/:token": unsubscribePath(ctx.keyFor, told?.id ?? "").replace("/unsubscribe/", ""),
        "/p/:token": link?.path.replace("/p/", "") ?? "",
        "/bills/:number": bill?.number ?? "",
        "/bills/:number/bill.pdf": bill?.number ?? "",
        "/disputes/:number": dispute?.number ?? "",
        "/messages/:number": talk?.number ?? "",
        "/plans/:id": plan ? encodeId("plan", plan.id) : "",
        "/payments/:id": encodeId("payment", payment?.id ?? ""),
        "/payments/:id/receipt.pdf": encodeId("payment", payment?.id ?? ""),
        "/console/accounts/:number": account?.number ?? "",
        "/console/c/:number": talk?.number ?? "",
        "/console/disputes/:number": dispute?.number ?? "",
        ":held": held?.number ?? "",
        ":bill": bill?.number ?? "",
        ":payment": paid ? encodeId("payment", paid.id) : "",
      };
    };
    const nobody = "00000000-0000-7000-8000-000000000000";
    const unknown = Object.fromEntries(
      Object.keys(await of(true)).map((key) => [key, key.includes(":id") ? encodeId("payment", nobody) : "NO-SUCH-1"]),
    );
    return { own: await of(true), foreign: await of(false), unknown };
  });
}

/** The address with its parameters filled in; null where there is nothing to fill in. */
export function fill(path: string, values: Readonly<Record<string, string>>): string | null {
  const key = Object.keys(values)
    .filter((known) => path === known || path.startsWith(`${known}/`))
    .sort((a, b) => b.length - a.length)[0];
  const filled = key === undefined ? path : path.replace(/:(number|id|token)/, encodeURIComponent(values[key] ?? ""));
  const done = filled
    .replace(":bill", encodeURIComponent(values[":bill"] ?? ""))
    .replace(":payment", encodeURIComponent(values[":payment"] ?? ""));
  return done.includes(":") ? null : done;
}
