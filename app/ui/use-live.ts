import { useSyncExternalStore } from "react";

/** True once script runs, so that what needs it is not offered before. */
export const useLive = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
const never = () => () => undefined;
