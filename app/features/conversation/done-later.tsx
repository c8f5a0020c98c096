import { DONE_LATER } from "#app/contracts/messages/giving.ts";
import { useIsCutOff } from "#app/realtime/index.ts";

/** Says, while a form is on its way without a line, that it waits and is done once. */
export function DoneLater({ pending }: { pending: boolean }) {
  const isCutOff = useIsCutOff();
  return (
    <p className="text-ink-2" role="status">
      {pending && isCutOff ? DONE_LATER : null}
    </p>
  );
}
