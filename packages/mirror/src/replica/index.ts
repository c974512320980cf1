export { createReplica } from "./replica.ts";
export type { Replica, ReplicaOptions } from "./types.ts";
