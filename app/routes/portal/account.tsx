import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { ActivityTable } from "#app/features/activity/activity-table.tsx";
import { CreditWords } from "#app/features/account/credit-words.tsx";
import { Hero } from "#app/features/account/hero.tsx";
import { MonthsPlot } from "#app/features/account/months-plot.tsx";
import { standingOf } from "#app/features/account/to-pay.ts";
import { Aging } from "#app/features/bills/aging.tsx";
import { billRow } from "#app/features/bills/bill-row.ts";
import { BillTable } from "#app/features/bills/bill-table.tsx";
import { PlanLines, PlanOffers } from "#app/features/plans/plan-line.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { Link } from "#app/ui/link.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { getAutopay, nextDraft } from "#server/domains/autopay/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import {
  agingOf,
  billedAndPaidByMonth,
  getAccountMoney,
  listBills,
  listOpenBills,
} from "#server/domains/invoices/index.ts";
import { listMissed, listPlans } from "#server/domains/plans/index.ts";
import { listActivity } from "#server/domains/statements/index.ts";

export const meta: MetaFunction = () => [{ title: "Your account" }];

const OPEN_SHOWN = 6;

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account, right } = await requireAccount(args);
    const [accountId, today] = [account.id, todayIn(account.zone, ctx.now)];
    const [money, open, aging, months, activity, plans, [missed], autopay, draft] = await Promise.all([
      getAccountMoney(ctx.db, accountId, today),
      listOpenBills(ctx.db, { accountId, today }),
      agingOf(ctx.db, { accountId, today }),
      billedAndPaidByMonth(ctx.db, { accountId, today }),
      listActivity(ctx.db, { accountId, limit: 6 }),
      listPlans(ctx.db, { accountId, live: true, limit: 5 }),
      listMissed(ctx.db, accountId),
      getAutopay(ctx.db, accountId),
      nextDraft(ctx.db, accountId),
    ]);
    // Only where nothing is open are the latest ones shown in its place.
    const latest = open.length > 0 ? null : await listBills(ctx.db, { accountId, today, limit: 3 });
    const bills = (latest === null ? open.slice(0, OPEN_SHOWN) : latest.items).map(billRow);
    return {
      account: { name: account.name, number: account.number },
      several: customer.accounts.size > 1,
      mayPay: right !== "view",
      money,
      standing: standingOf(money, { everBilled: bills.length > 0, today }),
      bills,
      moreOpen: open.length - OPEN_SHOWN,
      // Where nothing is late, the due dates on the bills say it all.
      aging: aging.current === money.open.amountMinor ? null : aging,
      months,
      activity: activity.items,
      plans,
      missed: missed ?? null,
      byItself: { draft, on: autopay !== null, paused: autopay !== null && autopay.pausedAt !== null },
    };
  });

export default function AccountPage() {
  const {
    account,
    several,
    money,
    standing,
    mayPay,
    bills,
    moreOpen,
    aging,
    months,
    activity,
    plans,
    missed,
    byItself,
  } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className={several ? "sr-only" : "mb-4 text-14 font-normal text-ink-2"}>
        <bdi className="font-medium text-ink">{account.name}</bdi> · Account {account.number}
      </h1>
      <div className="grid gap-8 md:gap-12 lg:grid-cols-[minmax(0,1fr)_18rem] lg:gap-16">
        <div className="grid min-w-0 content-start gap-8 md:gap-12">
          <Hero {...{ money, standing, missed, byItself, mayPay }} />
          <PlanOffers plans={plans.filter((plan) => plan.state === "offered")} />
          {bills.length > 0 ? <Bills bills={bills} more={moreOpen} /> : null}
          {activity.length > 0 ? (
            <section aria-labelledby="activity">
              <SectionHeader id="activity" title="Recent activity" action={<Link to="/activity">See all</Link>} />
              <ActivityTable items={activity} caption="Recent activity" />
            </section>
          ) : null}
        </div>
        <div className="grid content-start gap-8 md:gap-10">
          <PlanLines plans={plans.filter((plan) => plan.state !== "offered")} />
          <CreditWords money={money} />
          {aging ? (
            <Aging
              {...{ aging, disputed: aging.disputed, planned: money.planned.amountMinor, currency: money.currency }}
              title="How late it is"
            />
          ) : null}
          <MonthsPlot months={months} currency={money.currency} />
          <section aria-labelledby="questions">
            <SectionHeader id="questions" title="Questions?" />
            <p className="text-ink-2">
              <Link to="/messages">Message us</Link>. A person answers, and it stays here for you to read again.
            </p>
          </section>
        </div>
      </div>
    </>
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["bills"];

function Bills({ bills, more }: { bills: Shown; more: number }) {
  const open = bills.some((bill) => bill.openMinor > 0n);
  return (
    <section aria-labelledby="bills">
      <SectionHeader
        id="bills"
        title={open ? "Open bills" : "Latest bills"}
        action={<Link to="/bills">See all</Link>}
      />
      <BillTable bills={bills} caption={open ? "Open bills" : "Latest bills"} show={open ? "left" : "total"} />
      {more > 0 ? (
        <p className="mt-3 text-14 text-ink-2">
          And <Link to="/bills?show=open">{more === 1 ? "1 more open bill" : `${more} more open bills`}</Link>.
        </p>
      ) : null}
    </section>
  );
}
