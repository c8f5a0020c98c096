import { useState } from "react";

/** What was read, as it stood before something was laid over the page: behind it nothing jumps. */
export function useStanding<Read>(read: Read, still: boolean): Read {
  const [kept, keep] = useState(read);
  if (!still && kept !== read) keep(read);
  return still ? kept : read;
}
