import { MaxFileSizeExceededError } from "@mjackson/form-data-parser";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { businessForm, businessValues } from "#app/contracts/forms/business.ts";
import { mergeTyped } from "#app/contracts/merge-typed.ts";
import { businessRefusalText } from "#app/contracts/messages/business.ts";
import { fileRefusal } from "#app/contracts/messages/file.ts";
import { BusinessForm } from "#app/features/business/business-form.tsx";
import { LogoForm } from "#app/features/business/logo-form.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { readForm, readFormWithFiles } from "#app/http/read-form.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useFormRounds } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import { findBusiness, getBusiness, saveBusiness, setLogo } from "#server/domains/business/index.ts";
import { MAX_FILE_BYTES, uploadLogo } from "#server/domains/files/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export const meta: MetaFunction = () => [{ title: "Business" }];

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "admin");
    const saved = await findBusiness(ctx.db);
    const { version, logoFileId, ...facts } = saved ?? { ...(await getBusiness(ctx.db)), name: "" };
    return {
      ...{ standing: businessValues(facts, version), version, isSetUp: saved !== null },
      logoUrl: logoFileId === null ? null : `/logo?v=${logoFileId}`,
      zones: Intl.supportedValuesOf("timeZone"),
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "admin");
    const isUpload = args.request.headers.get("content-type")?.startsWith("multipart/form-data") ?? false;
    if (isUpload) return takeLogo(ctx, args.request);
    if ((await readForm(args.request.clone())).get("intent") === "remove_logo") {
      await setLogo({ ctx, input: { fileId: null } });
      return { ok: true as const, of: "logo", text: "The logo is gone." };
    }
    const form = await parseForm(args.request, businessForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const saved = await saveBusiness({ ctx, input: form.value });
    if (saved.ok) return { ok: true as const, of: "business", text: "Saved. Open pages show it within seconds." };
    const text = businessRefusalText(saved);
    switch (saved.reason) {
      case "unknown_zone":
        return formReply(form.values, { errors: { zone: text } });
      case "currency_in_use":
        return formReply(form.values, { errors: { currency: text } });
      case "changed_meanwhile": {
        const { version, ...facts } = await getBusiness(ctx.db);
        const standing = businessValues(facts, version);
        const values = mergeTyped({ typed: form.values, seen: form.values["seen"], standing });
        return formReply(values, { message: text, status: 409 });
      }
    }
  });

async function takeLogo(ctx: Ctx, request: Request) {
  const refuse = (text: string) => formReply({}, { errors: { logo: text } });
  try {
    const file = (await readFormWithFiles(request, { maxFileSize: MAX_FILE_BYTES, maxFiles: 1 })).get("logo");
    if (!(file instanceof File) || file.name === "") return refuse("Choose a picture.");
    const stored = await uploadLogo({ ctx, input: { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) } });
    if (stored.ok) return { ok: true as const, of: "logo", text: "The logo is up." };
    return refuse(stored.reason === "not_set_up" ? "Save the business first, then its logo." : fileRefusal(stored));
  } catch (error) {
    if (!(error instanceof MaxFileSizeExceededError)) throw error;
    return refuse(fileRefusal({ reason: "file_too_large", name: "This file", maxBytes: MAX_FILE_BYTES }));
  }
}

export default function BusinessPage() {
  const { standing, version, isSetUp, logoUrl, zones } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const errors = errorsOf(reply);
  const { logo } = errors;
  const about = reply?.ok ? reply.of : logo === undefined ? "business" : "logo";
  const roundOf = useFormRounds(reply, about);
  const answerAbout = (form: string) =>
    reply?.ok && about === form ? (
      <Answer of={reply} inline>
        {reply.text}
      </Answer>
    ) : null;
  const typed = reply?.ok === false && logo === undefined ? reply.values : null;
  return (
    <ConsolePage>
      <PageHeader
        title="Business"
        lead={
          isSetUp
            ? "Who bills: on every page, bill and mail."
            : "Say who bills. Until then bills carry no name of yours."
        }
      />
      <div className="grid gap-8 xl:grid-cols-[minmax(0,48rem)_18rem] xl:gap-16">
        <BusinessForm
          key={roundOf("business")}
          {...{ standing, version, typed, zones }}
          errors={logo === undefined ? errors : {}}
          answer={answerAbout("business")}
        />
        <LogoForm key={roundOf("logo")} url={logoUrl} error={logo} answer={answerAbout("logo")} />
      </div>
    </ConsolePage>
  );
}
