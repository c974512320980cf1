import type { Server } from "node:http";
import { frameTable, type SitePrivacy } from "@copane/protocol";
import type { SessionHooks, SessionService } from "../sessions/index.ts";
import type { Bus } from "./bus.ts";
import type { ConnectionContext } from "./connection.ts";
import { Relay } from "./relay.ts";
import { guardRequests, type Origins, prefixes } from "./requests.ts";
import { serveSockJs } from "./sockjs.ts";
import { serveWebSockets, type WebSocketSettings } from "./websocket.ts";

export { MemoryBus } from "./memory-bus.ts";

export interface RelaySettings extends WebSocketSettings {
  /** A socket that has not said hello by then is closed. */
  helloMs: number;
  /** Bytes that may wait for a slow peer before it is cut off and brought up to date afresh. */
  maxQueueBytes: number;
}

export interface RelayOptions {
  server: Server;
  sessions: SessionService;
  bus: Bus;
  hooks: SessionHooks;
  settings: RelaySettings;
  /** What every page of the site hides. */
  privacy(): SitePrivacy;
  origins: Origins;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
}

/** Attaches both socket endpoints to an HTTP server: plain WebSockets, and SockJS. */
export function attachRelay(options: RelayOptions): { privacyChanged(): void; close(): void } {
  const { server, sessions, bus, hooks, settings, privacy, origins, log } = options;
  const relay = new Relay(bus, settings.maxQueueBytes);
  const { helloMs } = settings;
  const context: ConnectionContext = { sessions, relay, hooks, privacy, log, helloMs, frames: frameTable() };
  for (const [prefix, role] of prefixes) serveSockJs(server, context, prefix, role);
  guardRequests(server, origins);
  const close = serveWebSockets({ server, context, settings, isOriginAllowed: origins.allows, log });
  return {
    privacyChanged: () => relay.tellCustomers({ t: "privacy", policy: privacy() }),
    close,
  };
}
