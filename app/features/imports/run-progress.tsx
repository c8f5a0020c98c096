import { Progress } from "#app/ui/progress.tsx";
import { usePollWhile } from "#app/ui/use-poll-while.ts";
import type { ImportRun } from "#server/domains/imports/index.ts";

const LOOK_EVERY_MS = 700;

/** A check or an import under way. It looks again by itself; without script a link does. */
export function RunProgress({ run }: { run: ImportRun }) {
  usePollWhile(true, LOOK_EVERY_MS);
  const rows = run.rowsRead.toLocaleString("en-US");
  const label =
    run.state === "posting"
      ? `Importing: ${run.posted.toLocaleString("en-US")} bills looked at`
      : `Checking: ${rows} rows read`;
  return (
    <div className="grid max-w-xl gap-3">
      <Progress label={label} />
      <p className="ui-hint">You may leave this page: the work goes on.</p>
      <noscript>
        <a className="ui-link" href="">
          See how far it is
        </a>
      </noscript>
    </div>
  );
}
