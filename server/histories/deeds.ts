import {
  autopay,
  decideDispute,
  dispute,
  endPlan,
  importFile,
  payLater,
  plan,
  promise,
  voidBill,
} from "./agreement-deeds.ts";
import { type Doing } from "./doing.ts";
import { creditProvisionally, payWrittenOff, settleProvisional, writeOffBill } from "./ledger-deeds.ts";
import {
  bounce,
  credit,
  decideChargebacks,
  deposit,
  failRefund,
  payByHand,
  payout,
  payWith,
  refund,
  spendCredit,
} from "./money-deeds.ts";

/** One thing that somebody does: `pick` chooses among what there is, `share` is how much of it, in percent. */
export type Deed = { what: keyof typeof DEEDS; home: number; pick: number; share: number; twice: boolean };

/** Everything that moves money, or speaks for it. A new row of MONEY.md gets its deed here. */
export const DEEDS = {
  bill: ({ world, home, pick, key }: Doing) => world.issueBill(home, { cents: 2_000 + pick * 137, key }),
  "void a bill": voidBill,
  "pay by card": payWith(() => "pm_card_visa"),
  "pay by bank debit": payWith(() => "pm_usBankAccount_success"),
  "a debit that comes back": payWith(() => "pm_usBankAccount_dispute"),
  "a card that is declined": payWith(() => "pm_card_chargeDeclinedInsufficientFunds"),
  "a card that is charged back": payWith((share) =>
    share % 2 === 0 ? "pm_card_createDispute" : "pm_card_createDisputeProductNotReceived",
  ),
  "the network decides": decideChargebacks,
  "pay by hand": payByHand,
  bounce,
  deposit,
  refund,
  "a refund fails": failRefund,
  credit,
  "use credit": spendCredit,
  payout,
  dispute,
  "decide a dispute": decideDispute,
  plan,
  "finish a plan": endPlan,
  "pay on a date": payLater,
  autopay,
  promise,
  import: importFile,
  "write off": writeOffBill,
  "paid after all": payWrittenOff,
  "credit provisionally": creditProvisionally,
  "settle a provisional credit": settleProvisional,
  "won chargebacks bring their fee back, or not": ({ world, pick }: Doing) =>
    Promise.resolve(world.returnFees(pick % 2 === 0)),
  "lost chargebacks are ours, or theirs": ({ world, pick }: Doing) =>
    world.setPolicy("payment", { chargebackLost: pick % 2 === 0 ? "write_off" : "collect_again" }),
  "days go by": ({ world, share }: Doing) => world.live(1 + (share % 5)),
} satisfies Record<string, (doing: Doing) => Promise<unknown>>;
