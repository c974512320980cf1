export { type AgentMarksOptions, createAgentMarks, type MarkedReplica } from "./agent.ts";
export { clickedId } from "./aim.ts";
export { type CustomerMarksOptions, createCustomerMarks } from "./customer.ts";
export type { DrawStyle, MarkEvents, MarkLabels, MarkSettings, MarksEngine } from "./types.ts";
export {
  asksForMarks,
  encodeClick,
  type MarkGroup,
  type MarkKind,
  NO_MARKS,
  WANT_MARKS,
} from "./wire.ts";
