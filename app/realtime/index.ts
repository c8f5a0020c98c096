export { RealtimeProvider, useRealtime } from "./realtime-provider.tsx";
export { type LiveConversation, useConversation } from "./use-conversation.ts";
export { useIsCutOff } from "./use-is-cut-off.ts";
export { useLiveAccount, useLiveInbox, useLiveParked, useTakenOver } from "./use-live.ts";
export { useRevalidateSoon } from "./use-revalidate-soon.ts";
export { useDocked, useUnread } from "./use-unread.ts";
