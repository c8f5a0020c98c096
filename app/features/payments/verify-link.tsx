import { processorPage } from "#app/contracts/safe-path.ts";

/** To the processor's own page, where the small deposits are told. */
export function VerifyLink({ url }: { url: string }) {
  const page = processorPage(url);
  if (page === null) return null;
  return (
    <a className="ui-button" data-variant="primary" href={page}>
      <span className="ui-button-label">Confirm the deposit</span>
    </a>
  );
}
