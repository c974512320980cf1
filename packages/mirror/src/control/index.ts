export { type Actor, type ActorOptions, createActor } from "./actor.ts";
export { watchDialogs } from "./dialogs.ts";
export { pointedAt } from "./pointing.ts";
export type { ControlPolicy } from "./policy.ts";
