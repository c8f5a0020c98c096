import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { parseLocalDate } from "#app/contracts/local-date.ts";
import { FirstRows } from "#app/features/imports/first-rows.tsx";
import { MappingForm } from "#app/features/imports/mapping-form.tsx";
import { RunState } from "#app/features/imports/run-list.tsx";
import { RunOutcome } from "#app/features/imports/run-outcome.tsx";
import { RunProgress } from "#app/features/imports/run-progress.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply } from "#app/http/forms.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { getImportRun, IMPORT_FIELDS, importMapSchema, requestImport } from "#server/domains/imports/index.ts";

export const meta = () => [{ title: "Import" }];

const runIdOf = ({ params }: LoaderFunctionArgs): string => {
  const id = params["runId"] ?? "";
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Response(null, { status: 404 });
  return id;
};

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "supervisor");
    return getImportRun(ctx, runIdOf(args));
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "supervisor");
    const runId = runIdOf(args);
    const form = await readForm(args.request);
    const values = Object.fromEntries([...form].map(([name, value]) => [name, typeof value === "string" ? value : ""]));
    const read = readMap(values);
    if (!read.ok) return formReply(values, { errors: read.errors });
    const asked = await requestImport({
      ctx,
      input: { runId, ...read.value, skipBad: values["skipBad"] === "yes", dryRun: values["do"] !== "import" },
    });
    if (!asked.ok)
      return formReply(values, { errors: { form: "This import is under way or done already." }, status: 409 });
    return redirect(`/console/imports/${runId}`);
  });

function readMap(values: Readonly<Record<string, string>>) {
  const columns = Object.fromEntries(
    IMPORT_FIELDS.flatMap((field) => {
      const heading = values[`column.${field}`];
      return heading ? [[field, heading]] : [];
    }),
  );
  const asOf = values["asOf"] ? parseLocalDate(values["asOf"]) : null;
  const map = importMapSchema.safeParse({
    currency: (values["currency"] ?? "").trim().toUpperCase(),
    dateFormat: (values["dateFormat"] ?? "").trim(),
    decimal: values["decimal"] === "," ? "," : ".",
    paymentTermDays: Number(values["paymentTermDays"] ?? Number.NaN),
    columns,
  });
  const errors: Record<string, string> = {};
  if (values["asOf"] && asOf === null) errors["asOf"] = "This is not a date.";
  for (const { path, message } of map.error?.issues ?? []) {
    const [first = "form", second] = path.map(String);
    errors[second === undefined ? first : `column.${second}`] ??= sentences[first] ?? `This column ${message}.`;
  }
  return map.success && Object.keys(errors).length === 0
    ? ({ ok: true, value: { map: map.data, asOf } } as const)
    : ({ ok: false, errors } as const);
}

const sentences: Record<string, string> = {
  currency: "Write a currency code of three letters, such as USD.",
  dateFormat: "Write it with YYYY, M or MM, D or DD and separators, such as M/D/YYYY.",
  paymentTermDays: "Write a whole number of days from 0 to 365.",
};

export default function ImportRunPage() {
  const { run, file } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const underWay = run.state === "checking" || run.state === "posting";
  const checked = run.result !== null && !("ok" in run.result) ? run.result : null;
  const ready = checked !== null && (checked.bad.length === 0 || run.skipBad);
  return (
    <ConsolePage>
      <PageHeader
        title={run.fileName}
        lead={<RunState state={run.state} />}
        actions={<ButtonLink to="/console/imports">All imports</ButtonLink>}
      />
      <div className="grid max-w-5xl gap-8">
        {underWay ? <RunProgress run={run} /> : <RunOutcome run={run} />}
        {file && !underWay ? (
          <>
            <FirstRows file={file} />
            <MappingForm
              run={run}
              file={file}
              values={reply?.values ?? {}}
              errors={reply?.errors ?? null}
              ready={ready}
            />
          </>
        ) : null}
      </div>
    </ConsolePage>
  );
}
