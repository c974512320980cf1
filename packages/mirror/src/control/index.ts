export { type Actor, type ActorOptions, createActor } from "./actor.ts";
export { watchDialogs } from "./dialogs.ts";
export { encodeNotice, type Notice } from "./notice.ts";
export { pointedAt } from "./pointing.ts";
export type { ControlPolicy } from "./policy.ts";
export { decodeInput, encodeInput, type HistoryMove, isScrollInput } from "./wire.ts";
