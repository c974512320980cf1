import type { EndCode } from "./session.ts";

/** The numbers of ends, for those who would rather have one than a name. Stable; `docs/protocol.md` lists them. */
export const endNumbers = {
  not_joined: 6001,
  inactive_timeout: 6002,
  session_timeout: 6003,
  customer_left: 6004,
  agent_left: 6005,
  connection_lost: 6006,
  cancelled: 6007,
  server_shutdown: 6008,
  left: 6009,
  continued_elsewhere: 6010,
} as const satisfies Record<EndCode, number>;
