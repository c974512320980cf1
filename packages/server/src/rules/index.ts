export { apply } from "./apply.ts";
export { createByAgent, createByCustomer } from "./create.ts";
export { referenceOf, waitsForAgent } from "./lookup.ts";
export { type Refusal, refusal } from "./permission.ts";
export type {
  Participant,
  SessionCommand,
  SessionHappening,
  SessionRecord,
  SessionSettings,
} from "./state.ts";
export { takeUp } from "./take-up.ts";
export { nextDeadline } from "./timing.ts";
export { liveView, viewOf } from "./view.ts";
