import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { NoticeList } from "#app/features/notices/notice-list.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Bell } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { readNews, seeNews } from "#server/domains/accounts/index.ts";

export const meta = () => [{ title: "Notices" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const cursor = new URL(args.request.url).searchParams.get("after");
    return { ...(await readNews(ctx, { accountId: account.id, cursor })), paged: cursor !== null };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const upTo = z.uuid().safeParse((await readForm(args.request)).get("upTo"));
    if (upTo.success) await seeNews({ ctx, input: { accountId: account.id, upToId: upTo.data } });
    return redirect("/notices", 303);
  });

export default function NoticesPage() {
  const { items, nextCursor, upToId, paged } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Notices"
        lead={
          <>
            What we told you about this account, by mail or here.{" "}
            <Link to="/settings/notices">Choose what you are told</Link>
          </>
        }
        actions={
          upToId !== null && !paged && items.some((item) => item.unseen) ? (
            <Form method="post">
              <input type="hidden" name="upTo" value={upToId} />
              <SubmitButton variant="secondary">Mark all as seen</SubmitButton>
            </Form>
          ) : null
        }
      />
      {items.length > 0 ? (
        <NoticeList items={items} />
      ) : (
        <EmptyState
          icon={Bell}
          title="Nothing to tell yet"
          action={<ButtonLink to="/account">Go to your account</ButtonLink>}
        >
          New bills, payments, credits and answers are told here as they come.
        </EmptyState>
      )}
      <Pagination
        label="Pages of notices"
        newer={paged ? "/notices" : null}
        older={nextCursor === null ? null : `/notices?after=${encodeURIComponent(nextCursor)}`}
      />
    </>
  );
}
