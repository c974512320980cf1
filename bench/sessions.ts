import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { encodeFrame, FrameType, PROTOCOL_VERSION, paths, type Role, type Ticket } from "@copane/protocol";
import { WebSocket } from "ws";
import { freePort } from "../scripts/lib/free-port.mjs";

/**
 * What sessions cost a server: to set up, to relay for, and to have back after `kill -9`. Without browsers: two
 * requests and two sockets are a session. Another build is measured by `--cli FILE`, so that two can be compared.
 */
const { values: options } = parseArgs({
  options: {
    cli: {
      type: "string",
      default: fileURLToPath(new URL("../packages/server/dist/cli.js", import.meta.url)),
    },
    sessions: { type: "string", default: "100" },
    seconds: { type: "string", default: "10" },
    "at-once": { type: "string", default: "4" },
    "no-kill": { type: "boolean", default: false },
  },
});
const wanted = Number(options.sessions);
const code = "bench-only-code";

const dataDir = mkdtempSync(join(tmpdir(), "copane-bench-"));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
let server = await start();
const agentToken = (await post(paths.agentSignIn, { name: "Grace", code })).token as string;

const live = await setUp();
await relay();
if (!options["no-kill"]) await killed();
for (const { customer, agent } of live) for (const one of [customer, agent]) one.end();
server.kill("SIGKILL");
rmSync(dataDir, { recursive: true, force: true });

interface Client {
  /** Resolves with the time of the next welcome. */
  welcomed(): Promise<number>;
  frame(bytes: Uint8Array): void;
  end(): void;
}

/** A participant that comes back after a loss, as the browsers' do. */
function connect(role: Role, token: string): Client {
  let socket: WebSocket;
  let ended = false;
  let attempt = 0;
  let tell: (at: number) => void = () => {};
  const open = () => {
    const path = role === "customer" ? paths.customerSocket : paths.agentSocket;
    socket = new WebSocket(`ws://127.0.0.1:${port}${path}/websocket`, { perMessageDeflate: false });
    socket.on("open", () => socket.send(JSON.stringify({ t: "hello", version: PROTOCOL_VERSION, token })));
    socket.on("message", (data: Buffer, binary) => {
      if (binary || !data.toString().includes('"welcome"')) return;
      attempt = 0;
      tell(performance.now());
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      const delay = Math.min(250 * 1.7 ** attempt++, 2_000) * (0.7 + Math.random() * 0.6);
      if (!ended) setTimeout(open, delay);
    });
  };
  open();
  return {
    welcomed: () =>
      new Promise((resolve) => {
        tell = resolve;
      }),
    frame: (bytes) => socket.send(bytes),
    end: () => {
      ended = true;
      socket.terminate();
    },
  };
}

/** Sets sessions up, some at once. */
async function setUp() {
  const made: { customer: Client; agent: Client; page: number }[] = [];
  const took: number[] = [];
  let left = wanted;
  const cpu = cpuMs();
  const from = performance.now();
  const one = async () => {
    while (left-- > 0) {
      const begun = performance.now();
      const ticket = (await post(paths.customerRequest, { name: "Ada" })) as unknown as Ticket;
      const customer = connect("customer", ticket.token);
      await customer.welcomed();
      const body = { name: "Grace", passphrase: ticket.passphrase };
      const joined = (await post(paths.agentLiveJoin, body, agentToken)) as unknown as Ticket;
      const agent = connect("agent", joined.token);
      await agent.welcomed();
      made.push({ customer, agent, page: 1 });
      took.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: Number(options["at-once"]) }, one));
  const seconds = (performance.now() - from) / 1_000;
  say("sessions set up", {
    perSecond: Math.round(wanted / seconds),
    p50Ms: Math.round(percentile(took, 0.5)),
    cpuMsEach: round((cpuMs() - cpu) / wanted),
  });
  return made;
}

/** Every session has 20 frames of 600 bytes a second, from its customer to its agent. */
async function relay(): Promise<void> {
  const frame = encodeFrame({ type: FrameType.mirror, flags: 1, page: 1, epoch: 1 }, new Uint8Array(600));
  let frames = 0;
  const cpu = cpuMs();
  const timer = setInterval(() => {
    for (const { customer } of live) {
      customer.frame(frame);
      frames++;
    }
  }, 50);
  await new Promise((resolve) => setTimeout(resolve, Number(options.seconds) * 1_000));
  clearInterval(timer);
  say("relaying", { frames, cpuMicrosecondsEach: Math.round(((cpuMs() - cpu) / frames) * 1_000) });
}

/** The server is killed and started again; when are both sides of each session welcome there? */
async function killed(): Promise<void> {
  const from = performance.now();
  const back = live.map(async ({ customer, agent }) => {
    return Math.max(...(await Promise.all([customer.welcomed(), agent.welcomed()])));
  });
  server.kill("SIGKILL");
  server = await start();
  const started = performance.now();
  const after = (await Promise.all(back)).map((at) => at - started);
  say("after kill -9", {
    startMs: Math.round(started - from),
    bothBackAfterStartP50Ms: Math.round(percentile(after, 0.5)),
    p99Ms: Math.round(percentile(after, 0.99)),
  });
}

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [options.cli, "serve"], {
    env: {
      ...process.env,
      PORT: String(port),
      COPANE_DATA_DIR: dataDir,
      COPANE_LOG_LEVEL: "silent",
      COPANE_DEV_SIGN_IN: "true",
      COPANE_DEV_SIGN_IN_CODE: code,
      COPANE_DEFLATE: "false",
      COPANE_REQUESTS_PER_MINUTE: "1000000",
      COPANE_MAX_WAITING: "100000",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => data.toString().includes("listens on") && resolve());
    child.once("exit", () => reject(new Error("the server did not start")));
  });
  return child;
}

async function post(path: string, body: object, token?: string): Promise<Record<string, unknown>> {
  const answer = await fetch(base + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  if (answer.status === 429) {
    // Keys that are tried at once count as guesses until they are found to be right.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return post(path, body, token);
  }
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** User and system time of the server so far, its database's threads included. */
function cpuMs(): number {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function say(what: string, figures: Record<string, number>): void {
  console.log(what, JSON.stringify(figures));
}

/** Without the end-to-end tests' helpers: what they load would be half of a short run. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
