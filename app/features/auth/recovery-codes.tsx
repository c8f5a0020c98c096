import { ButtonLink } from "#app/ui/button.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";

/** The codes for the day the phone is lost: shown once. */
export function RecoveryCodes({ codes, to }: { codes: readonly string[]; to: string }) {
  return (
    <div className="grid gap-6">
      <div role="status">
        <PageHeader
          title="Keep your recovery codes"
          lead="If you lose your phone, one of them signs you in. Each works once. Nobody can show them to you again."
        />
      </div>
      <ul
        className="tabular grid grid-cols-2 gap-x-6 gap-y-2 rounded-[10px] border border-line p-4 font-mono text-14"
        aria-label="Recovery codes"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Notice tone="waiting">Print them, or keep them where you keep your passwords: not on the phone itself.</Notice>
      <ButtonLink to={to} wide>
        I have kept them
      </ButtonLink>
    </div>
  );
}
