import { createHash } from "node:crypto";
import { createClient, createCluster, createSentinel } from "@redis/client";
import { parseRedisUrl, type RedisPlace } from "../config/index.ts";

/** A command that is not answered by then has failed. */
const ANSWER_MS = 1_000;
const CONNECT_MS = 2_000;
/** Commands that may wait for their answers. */
const MOST_WAITING = 10_000;

/** What servers that work together need of a Redis: one server, one behind sentinels, or a cluster. */
export interface Redis {
  get(key: string): Promise<string | null>;
  /** False when `onlyNew` and there is one. */
  set(key: string, value: string, options: { ttlMs: number; onlyNew?: boolean }): Promise<boolean>;
  remove(...keys: string[]): Promise<void>;
  /** Runs a script on one key. Its text is sent only where Redis does not know it yet. */
  run(script: string, key: string, args: readonly string[]): Promise<unknown>;
  /** Gives how many heard it. */
  publish(channel: string, message: Buffer): Promise<number>;
  subscribe(channel: string, hear: (message: Buffer) => void): Promise<void>;
  unsubscribe(channel: string): Promise<void>;
  /** The connection was lost, and with it what was published meanwhile; or it is there again. */
  onChange(hear: (connected: boolean) => void): void;
  close(): Promise<void>;
}

type Log = { warn(data: object, message: string): void };

/** Retries go on for ever, soon and with some spread. */
function reconnectStrategy(tries: number): number {
  return Math.min(50 * 2 ** Math.min(tries, 5), 1_000) * (0.75 + Math.random() / 2);
}

const forAll = {
  disableOfflineQueue: true,
  commandsQueueMaxLength: MOST_WAITING,
  pingInterval: 5_000,
} as const;

/** Connects to the Redis that a URL names; goes on trying when it is away. Throws for a URL that cannot be used. */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const place = parseRedisUrl(url);
  if (typeof place === "string") throw new Error(`COPANE_REDIS_URL ${place}`);
  const [commands, heard] = [clientFor(place), clientFor(place)];
  const listeners = new Set<(connected: boolean) => void>();
  let failing = false;
  for (const client of [commands, heard]) {
    client.on("error", (error: Error) => {
      if (!failing) log.warn({ reason: reasonOf(error) }, "Redis is away");
      failing = true;
      for (const hear of listeners) hear(false);
    });
    client.on("ready", () => {
      failing = false;
      for (const hear of listeners) hear(true);
    });
  }
  // Whoever waits for the first connection waits no longer than for a command: the lease says that it failed.
  await Promise.race([Promise.all([commands.connect(), heard.connect()]).catch(() => {}), after(CONNECT_MS)]);
  const sharded = place.kind === "cluster";
  return {
    get: (key) => inTime(commands.get(key)),
    set: async (key, value, { ttlMs, onlyNew = false }) => {
      const expiration = { type: "PX", value: ttlMs } as const;
      const options = onlyNew ? ({ expiration, condition: "NX" } as const) : { expiration };
      return (await inTime(commands.set(key, value, options))) !== null;
    },
    remove: async (...keys) => {
      // One by one: a cluster may keep each of them elsewhere.
      await inTime(Promise.all(keys.map((key) => commands.del(key))));
    },
    run: (script, key, args) => inTime(runScript(commands, script, { keys: [key], arguments: [...args] })),
    publish: (channel, message) =>
      inTime(sharded ? commands.sPublish(channel, message) : commands.publish(channel, message)),
    subscribe: (channel, hear) =>
      inTime(sharded ? heard.sSubscribe(channel, hear, true) : heard.subscribe(channel, hear, true)),
    unsubscribe: (channel) =>
      inTime(sharded ? heard.sUnsubscribe(channel) : heard.unsubscribe(channel)).catch(() => {}),
    onChange: (hear) => listeners.add(hear),
    close: async () => {
      listeners.clear();
      for (const client of [commands, heard]) client.destroy();
    },
  };
}

type Client = Pick<
  ReturnType<typeof createClient>,
  | "on"
  | "connect"
  | "get"
  | "set"
  | "del"
  | "eval"
  | "evalSha"
  | "publish"
  | "sPublish"
  | "subscribe"
  | "sSubscribe"
  | "unsubscribe"
  | "sUnsubscribe"
  | "destroy"
>;

function clientFor(place: RedisPlace): Client {
  const socket = { connectTimeout: CONNECT_MS, reconnectStrategy, keepAlive: true } as const;
  if (place.kind === "single") return createClient({ ...forAll, url: place.url, socket });
  const { kind, nodes, name, tls, username, password } = place;
  const options = {
    ...forAll,
    socket: { ...socket, ...(tls ? { tls: true } : {}) },
    ...(username ? { username } : {}),
    ...(password === undefined ? {} : { password }),
  };
  // The three kinds of client have these commands in common; their types say so by other words.
  if (kind === "cluster")
    return createCluster({
      rootNodes: nodes.map((node) => ({ ...options, socket: { ...options.socket, ...node } })),
      defaults: options as never,
    }) as unknown as Client;
  return createSentinel({
    name,
    sentinelRootNodes: [...nodes],
    nodeClientOptions: options as never,
    sentinelClientOptions: { ...(tls ? { socket: { tls: true } } : {}) } as never,
    scanInterval: 1_000,
  }) as unknown as Client;
}

/** Of the few scripts that there are. */
const digests = new Map<string, string>();

async function runScript(
  client: Client,
  script: string,
  options: { keys: string[]; arguments: string[] },
): Promise<unknown> {
  let digest = digests.get(script);
  if (digest === undefined) {
    digest = createHash("sha1").update(script).digest("hex");
    digests.set(script, digest);
  }
  try {
    return await client.evalSha(digest, options);
  } catch (error) {
    if (reasonOf(error) !== "NOSCRIPT") throw error;
    return client.eval(script, options);
  }
}

/** What the network, or the first word of Redis' own answer, calls an error. The rest may quote what was sent. */
export function reasonOf(error: unknown): string {
  const { code, message, name } = error as Error & { code?: string };
  return code ?? /^[A-Z]{4,}\b/.exec(message)?.[0] ?? name;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Redis did not answer")), ANSWER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
