import { type ReactNode } from "react";

import { useLive } from "#app/ui/use-live.ts";
import { Button } from "#app/ui/button.tsx";

import { type Choosing } from "./use-choice.ts";

/** Opens the amounts of the bills for typing; without script the form is sent for it and comes back with them open. */
export function SplitSwitch({ choosing, children }: { choosing: Choosing; children: ReactNode }) {
  const live = useLive();
  if (choosing.splitting && !live) return null;
  return (
    <div>
      <Button
        variant="quiet"
        type={live ? "button" : "submit"}
        name="intent"
        value="split"
        formNoValidate
        aria-expanded={live ? choosing.splitting : undefined}
        onClick={() => choosing.split(!choosing.splitting)}
      >
        {choosing.splitting ? "Pay as asked" : children}
      </Button>
    </div>
  );
}
