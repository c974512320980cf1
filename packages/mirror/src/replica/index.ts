export { createReplica } from "./replica.ts";
export type { Replica, ReplicaOptions, ReplicaView } from "./types.ts";
