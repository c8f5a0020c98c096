import { type Endpoint } from "../call/reply.ts";
import { accountEndpoints } from "./account.ts";
import { balanceEndpoints } from "./balance.ts";
import { chargeEndpoints } from "./charges.ts";
import { confirmationTokenEndpoints } from "./confirmation-tokens.ts";
import { customerEndpoints } from "./customers.ts";
import { disputeEndpoints } from "./disputes.ts";
import { eventEndpoints } from "./events.ts";
import { paymentIntentEndpoints } from "./payment-intents.ts";
import { paymentMethodEndpoints } from "./payment-methods.ts";
import { refundEndpoints } from "./refunds.ts";
import { setupIntentEndpoints } from "./setup-intents.ts";

export const endpoints: Endpoint[] = [
  ...customerEndpoints,
  ...paymentMethodEndpoints,
  ...confirmationTokenEndpoints,
  ...paymentIntentEndpoints,
  ...setupIntentEndpoints,
  ...chargeEndpoints,
  ...refundEndpoints,
  ...disputeEndpoints,
  ...balanceEndpoints,
  ...eventEndpoints,
  ...accountEndpoints,
];
