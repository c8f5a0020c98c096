export { RealtimeProvider, useRealtime } from "./realtime-provider.tsx";
export { type LiveConversation, useConversation } from "./use-conversation.ts";
export { useIsCutOff } from "./use-is-cut-off.ts";
export { useDocked, useLiveAccount, useLiveInbox, useLiveMessages, useLiveParked, useTakenOver } from "./use-live.ts";
export { useRevalidateSoon } from "./use-revalidate-soon.ts";
