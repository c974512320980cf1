import type { Consent } from "@copane/protocol";

/** What the customer can do in the panel. */
export interface Actions {
  /** The customer typed their name. */
  named(name: string): void;
  start(): void;
  join(key: string): void;
  byKey(on: boolean): void;
  copy(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  grant(): void;
  deny(): void;
  confirmMatch(): void;
  refuseMatch(): void;
  give(what: Consent): void;
  refuse(what: Consent): void;
  revoke(): void;
  draw(): void;
  goOn(): void;
  close(): void;
  minimise(on: boolean): void;
}
