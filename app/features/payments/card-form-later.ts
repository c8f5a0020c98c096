import { laterPart } from "#app/ui/load-part.tsx";

/** Its code, and the processor's script, come only to somebody who enters a new card; the code also ahead of it. */
export const cardForm = laterPart(() => import("./card-form.tsx"));
