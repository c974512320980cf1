import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { WebSocket } from "ws";
import { ensurePostgres, throwAwayDatabase } from "../../scripts/lib/postgres.mjs";
import { startRedis } from "../../scripts/lib/redis.mjs";
import { at, type Line, type Relayed, relay, sentAt, stamped } from "./load.ts";
import { cpuMs, type Measured, residentKb, type Server, startBare, startCopane } from "./processes.ts";
import { type Session, setUp } from "./sessions.ts";

/**
 * What sessions cost servers: to set up, to relay for, at one server and across two, and to have back after
 * `kill -9`. Without browsers: two requests and two sockets are a session. Beside it a bare `ws` that relays the same
 * bytes, in turns with ours.
 */
const usage = `npm run bench:relay [-- OPTIONS]
  --cli FILE        another build than packages/server/dist/cli.js
  --sessions 100,400  busy sessions at one server
  --seconds 10      how long each load lasts
  --rounds 3        of each load; figures are medians
  --only PARTS      of one, across, killed, start`;

const { values: options } = parseArgs({
  options: {
    cli: {
      type: "string",
      default: fileURLToPath(new URL("../../packages/server/dist/cli.js", import.meta.url)),
    },
    sessions: { type: "string", default: "100,400" },
    seconds: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "one,across,killed,start" },
    help: { type: "boolean", default: false },
  },
});
const seconds = Number(options.seconds);
const parts = {
  one: async () => {
    for (const count of options.sessions.split(",").map(Number)) await atOneServer(count);
  },
  across: () => acrossTwo(100),
  killed: () => oneOfThreeKilled(300),
  start: () => kill9AndStart(100),
};

if (options.help) console.log(usage);
else for (const part of options.only.split(",")) await parts[part as keyof typeof parts]();

/** Busy sessions at one server with nothing installed, and the same bytes through a bare `ws`. */
async function atOneServer(count: number): Promise<void> {
  const bare = await startBare();
  const bareLines = await bareSessions(bare, count);
  await withFolder(async (dataDir) => {
    const server = await startCopane(options.cli, { COPANE_DATA_DIR: dataDir });
    const idle = residentKb(server);
    const cpu = cpuMs([server]);
    const { sessions, perSecond } = await setUp(count, [server]);
    say(`${count} sessions set up at one server`, {
      "idle server, MB": idle / 1_024,
      "a second": perSecond,
      "a second of a core": count / ((cpuMs([server]) - cpu) / 1_000),
    });
    const calm = residentKb(server);
    const lines = sessions.map(({ customer, agent }) => ({ customer: customer.socket, agent: agent.socket }));
    const [ours, theirs] = await inTurns(
      () => load(lines, [server]),
      () => load(bareLines, [bare]),
    );
    const busy = residentKb(server);
    say(`${count} busy sessions at one server`, {
      ...figures(ours),
      "of bare ws: CPU": median(ours.map((one, n) => one.cpuUs / (theirs[n] as Load).cpuUs)),
      "KB a session, calm": (calm - idle) / count,
      "KB a session, busy": (busy - idle) / count,
    });
    say(`${count} pairs of sockets at a bare ws`, figures(theirs));
    await endAll(sessions, [server]);
  });
  for (const { customer, agent } of bareLines) for (const socket of [customer, agent]) socket.terminate();
  await bare.kill();
}

/** Every customer at one server, every agent at the other; and the same sessions all at one. */
async function acrossTwo(count: number): Promise<void> {
  await withSeveral(2, async (servers, redis) => {
    const processes = [...servers, redis];
    const across = await setUp(count, servers, () => ({ customer: 0, agent: 1 }));
    const together = await setUp(count, servers, () => ({ customer: 0, agent: 0 }));
    const linesOf = (sessions: Session[]): Line[] =>
      sessions.map(({ customer, agent }) => ({ customer: customer.socket, agent: agent.socket }));
    const [two, one] = await inTurns(
      () => load(linesOf(across.sessions), processes),
      () => load(linesOf(together.sessions), processes),
    );
    say(`${count} busy sessions across two servers, Redis counted`, {
      ...figures(two),
      "of one server: CPU": median(two.map(({ cpuUs }, n) => cpuUs / (one[n] as Load).cpuUs)),
    });
    say("the same at one of the two", figures(one));
    await endAll([...across.sessions, ...together.sessions], []);
  });
}

/** One of three servers is killed under load. When does each agent see its customer's page again? */
async function oneOfThreeKilled(count: number): Promise<void> {
  await withSeveral(3, async (servers) => {
    let killedAt = Number.POSITIVE_INFINITY;
    const last = new Float64Array(count);
    const longest = new Float64Array(count);
    const { sessions } = await setUp(
      count,
      servers,
      (n) => ({ customer: n % 3, agent: Math.floor(n / 3) % 3 }),
      (n) => (data) => {
        const now = performance.now();
        // What was under way when the server died ends no gap.
        if (sentAt(data) < killedAt && now > killedAt) return;
        if (now > killedAt)
          longest[n] = Math.max(longest[n] as number, now - Math.max(last[n] as number, killedAt));
        last[n] = now;
      },
    );
    const timer = setInterval(() => {
      for (const { customer } of sessions)
        if (customer.socket.readyState === WebSocket.OPEN) customer.socket.send(stamped(customer.page));
    }, 100);
    await pause(2_000);
    killedAt = performance.now();
    await (servers[0] as Server).kill();
    await pause(10_000);
    clearInterval(timer);
    const silent = [...last].filter((time) => performance.now() - time > 1_000).length;
    say(`${count} sessions on three servers, one killed`, {
      "longest gap, p50 ms": at([...longest], 0.5),
      "p99 ms": at([...longest], 0.99),
      "never back": silent,
    });
    await endAll(sessions, []);
  });
}

/** The only server is killed and started again with its data folder. */
async function kill9AndStart(count: number): Promise<void> {
  await withFolder(async (dataDir) => {
    const servers = [await startCopane(options.cli, { COPANE_DATA_DIR: dataDir })];
    const { port } = new URL((servers[0] as Server).base);
    const { sessions } = await setUp(count, servers);
    const lost = sessions.flatMap(({ customer, agent }) => [customer.socket, agent.socket]);
    const from = performance.now();
    await (servers[0] as Server).kill();
    servers[0] = await startCopane(options.cli, { COPANE_DATA_DIR: dataDir, PORT: port });
    const started = performance.now();
    const back = await Promise.all(
      sessions.map(async ({ customer, agent }) => {
        await Promise.all([customer, agent].map((one) => newWelcome(one, lost)));
        return performance.now() - started;
      }),
    );
    say(`${count} sessions after kill -9 and a start`, {
      "start, ms": started - from,
      "both sides back after it, p50 ms": at(back, 0.5),
      "p99 ms": at(back, 0.99),
    });
    await endAll(sessions, servers);
  });
}

/** The participant is welcome on another socket than these. */
async function newWelcome(one: Session["customer"], lost: readonly WebSocket[]): Promise<void> {
  while (lost.includes(one.socket)) await pause(10);
  await one.welcomed;
}

interface Load extends Relayed {
  /** Of all processes, for each frame. */
  cpuUs: number;
}

async function load(lines: readonly Line[], processes: readonly Measured[]): Promise<Load> {
  const before = cpuMs(processes);
  const relayed = await relay(lines, seconds);
  return { ...relayed, cpuUs: ((cpuMs(processes) - before) * 1_000) / relayed.frames };
}

/** Two loads in turns, so that a machine that slows down slows both. */
async function inTurns(one: () => Promise<Load>, other: () => Promise<Load>): Promise<[Load[], Load[]]> {
  const ones: Load[] = [];
  const others: Load[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    ones.push(await one());
    others.push(await other());
  }
  return [ones, others];
}

function figures(loads: readonly Load[]): Record<string, number> {
  const of = (name: keyof Load) => median(loads.map((one) => one[name]));
  return {
    "CPU a frame, µs": of("cpuUs"),
    "p50 ms": of("p50Ms"),
    "p99 ms": of("p99Ms"),
    lost: loads.reduce((sum, { lost }) => sum + lost, 0),
    "this process, cores": of("generator"),
  };
}

async function bareSessions({ base }: Server, count: number): Promise<Line[]> {
  const open = async (side: string, n: number) => {
    const socket = new WebSocket(`${base.replace("http", "ws")}/${side}/${n}`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
    return socket;
  };
  const lines: Line[] = [];
  for (let n = 0; n < count; n++)
    lines.push({ customer: await open("customer", n), agent: await open("agent", n) });
  return lines;
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "copane-bench-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Servers that work together, by a Redis and a database of their own. */
async function withSeveral(
  count: number,
  work: (servers: Server[], redis: Measured) => Promise<void>,
): Promise<void> {
  const postgres = await ensurePostgres();
  process.env.TEST_DATABASE_URL = postgres.url;
  const redis = await startRedis();
  const database = await throwAwayDatabase();
  const servers: Server[] = [];
  try {
    for (let n = 0; n < count; n++)
      servers.push(
        await startCopane(options.cli, {
          COPANE_SERVER_ID: `server-${n}`,
          COPANE_REDIS_URL: redis.url,
          DATABASE_URL: database.url,
        }),
      );
    await work(servers, { pid: redis.child.pid as number, kill: redis.end });
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
    await redis.end();
    await database.drop();
    postgres.stop();
  }
}

async function endAll(sessions: readonly Session[], servers: readonly Server[]): Promise<void> {
  for (const { customer, agent } of sessions) for (const one of [customer, agent]) one.end();
  await Promise.all(servers.map((server) => server.kill()));
}

function say(what: string, values: Record<string, number>): void {
  console.log(what);
  for (const [name, value] of Object.entries(values))
    console.log(`  ${name}: ${Math.round(value * 100) / 100}`);
}

function median(values: readonly number[]): number {
  return at(values, 0.5);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
