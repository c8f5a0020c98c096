import { MaxFileSizeExceededError } from "@mjackson/form-data-parser";
import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply } from "#app/http/forms.server.ts";
import { readFormWithFiles } from "#app/http/read-form.server.ts";
import { RunList } from "#app/features/imports/run-list.tsx";
import { UploadForm } from "#app/features/imports/upload-form.tsx";
import { redirect } from "#app/http/redirect.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { listImportRuns, uploadImport } from "#server/domains/imports/index.ts";

export const meta = () => [{ title: "Import" }];

const MOST_BYTES = 100_000_000;

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "supervisor");
    return { runs: await listImportRuns(ctx) };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "supervisor");
    const refuse = (text: string) => formReply({}, { errors: { file: text } });
    const file = await readFile(args.request);
    if (file === "too_large") return refuse("The file is larger than 100 MB. Import it with npm run import instead.");
    if (file === null) return refuse("Choose a CSV file.");
    const uploaded = await uploadImport({ ctx, input: file });
    if (uploaded.ok) return redirect(`/console/imports/${uploaded.value.runId}`);
    return refuse(
      uploaded.reason === "empty_file"
        ? "The file is empty. Its first row must name the columns."
        : "This is not a CSV file we can read. Save the sheet as CSV (UTF-8) and try again.",
    );
  });

async function readFile(request: Request): Promise<{ fileName: string; bytes: Buffer } | "too_large" | null> {
  try {
    const form = await readFormWithFiles(request, { maxFileSize: MOST_BYTES, maxFiles: 1 });
    const file = form.get("file");
    if (!(file instanceof File) || file.name === "") return null;
    return { fileName: file.name, bytes: Buffer.from(await file.arrayBuffer()) };
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError) return "too_large";
    throw error;
  }
}

export default function ImportsPage() {
  const { runs } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  return (
    <ConsolePage>
      <PageHeader
        title="Import"
        lead="Bring bills, credit notes and payments from another system. Nobody is mailed, and a second import of the same file changes nothing."
      />
      <div className="grid max-w-4xl gap-8">
        <UploadForm errors={errorsOf(reply)} />
        <section aria-labelledby="earlier">
          <SectionHeader id="earlier" title="Earlier imports" />
          {runs.length > 0 ? (
            <RunList runs={runs} />
          ) : (
            <p className="text-ink-2">Nothing imported yet. What you import is listed here, with what it added.</p>
          )}
        </section>
      </div>
    </ConsolePage>
  );
}
