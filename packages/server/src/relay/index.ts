import type { Server } from "node:http";
import { frameTable, type LoadPolicy, type Role, type SitePrivacy } from "@copane/protocol";
import type { SessionHooks, SessionService } from "../sessions/index.ts";
import { Connection, type ConnectionContext } from "./connection.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { Link } from "./link.ts";
import { OpenSockets, type SocketNetworks } from "./open-sockets.ts";
import { Relay } from "./relay.ts";
import { guardRequests, type Origins, prefixes, type SocketAsker } from "./requests.ts";
import { serveSockJs } from "./sockjs.ts";
import { serveWebSockets, type WebSocketSettings } from "./websocket.ts";

export type { Carriage, CarriedEnd, Elsewhere, Place } from "./elsewhere.ts";
export type { Link } from "./link.ts";

export interface RelaySettings extends WebSocketSettings {
  /** A socket that has not said hello by then is closed. */
  helloMs: number;
  /** Bytes that may wait for a slow peer before it is cut off and brought up to date afresh. */
  maxQueueBytes: number;
  /** Sockets of one network, without those of agents. */
  maxSockets: number;
}

export interface RelayOptions {
  server: Server;
  sessions: Pick<SessionService, "attach">;
  /** Where several servers work together. */
  elsewhere?: Elsewhere | undefined;
  hooks: SessionHooks;
  settings: RelaySettings;
  /** What every page of the site hides. */
  privacy(): SitePrivacy;
  origins: Origins;
  /** The networks that answer for a socket. */
  networks(asker: SocketAsker): SocketNetworks;
  /** What agents' browsers may load by themselves. */
  loads: LoadPolicy;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
}

export interface AttachedRelay {
  privacyChanged(): void;
  /** A participant whose socket another server holds. */
  carried(link: Link, role: Role): CarriedConnection;
  close(): void;
}

/** What comes over the socket goes in here. */
export type CarriedConnection = Pick<Connection, "text" | "frame" | "ended">;

/** Attaches both socket endpoints to an HTTP server: plain WebSockets, and SockJS. */
export function attachRelay(options: RelayOptions): AttachedRelay {
  const { server, sessions, elsewhere, hooks, settings, privacy, loads, origins, networks, log } = options;
  const relay = new Relay(settings.maxQueueBytes);
  const { helloMs } = settings;
  const context: ConnectionContext = {
    sessions,
    elsewhere,
    relay,
    hooks,
    privacy,
    loads,
    log,
    helloMs,
    frames: frameTable(),
  };
  const open = new OpenSockets(settings.maxSockets);
  const place = (asker: SocketAsker) => open.open(networks(asker));
  for (const [prefix, role] of prefixes) serveSockJs({ server, context, place }, prefix, role);
  guardRequests(server, origins);
  const close = serveWebSockets({ server, context, settings, isOriginAllowed: origins.allows, place, log });
  return {
    // The server that holds the socket has counted it, and has looked where the session is decided.
    carried: (link, role) =>
      new Connection(link, role, { ...context, elsewhere: undefined }, { free: () => {} }),
    privacyChanged: () => relay.tellCustomers({ t: "privacy", policy: privacy() }),
    close,
  };
}
