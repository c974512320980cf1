import { paths, SocketClose, type Ticket } from "@copane/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Config, type CopaneServer, createServer, loadConfig } from "./index.ts";
import { call, Peer } from "./testing/peer.ts";

let server: CopaneServer;
let base: string;
let agentToken: string;

async function start(settings: Partial<Config> = {}): Promise<void> {
  const overrides: Partial<Config> = {
    port: 0,
    logLevel: "silent",
    devSignIn: true,
    devSignInCode: "123456",
    // Requests come from where they say, so that one machine is many networks.
    trustProxy: true,
    ...settings,
  };
  server = await createServer(loadConfig({}, { overrides }));
  base = await server.listen();
  agentToken = (await post(paths.agentSignIn, { name: "Grace", code: "123456" }, "198.51.100.1")).body.token;
}
afterEach(() => server.close());

const post = (path: string, body: object, from: string, token?: string) =>
  call(base, "POST", path, { body, headers: { "x-forwarded-for": from }, ...(token ? { token } : {}) });
/** An address of the attacker's /64. */
const attacker = (n: number) => `2001:db8:bad:1::${(n + 1).toString(16)}`;
const errorOf = ({ body }: { body: { error?: { name: string } } }) => body.error?.name;

describe("one host that guesses at keys", () => {
  beforeEach(() => start({ requestsPerMinute: 100_000 }));

  test("is stopped itself; customers elsewhere and agents come in", async () => {
    const guesses: (string | undefined)[] = [];
    for (let n = 0; n < 60; n++) {
      const passphrase = String(n).padStart(8, "0");
      guesses.push(errorOf(await post(paths.customerJoin, { name: "Eve", passphrase }, attacker(n))));
    }
    expect(guesses.filter((name) => name === "PASSPHRASE_UNKNOWN")).toHaveLength(20);
    expect(guesses.at(-1)).toBe("PASSPHRASE_GUESSING");
    const request = { name: "Grace", autojoin: true };
    const { passphrase } = (await post(paths.agentRequest, request, "198.51.100.1", agentToken)).body;
    expect((await post(paths.customerJoin, { name: "Ada", passphrase }, "192.0.2.7")).status).toBe(200);
    const waiting = (await post(paths.customerRequest, { name: "Ada" }, "192.0.2.8")).body as Ticket;
    const live = { name: "Grace", passphrase: waiting.passphrase };
    // Also an agent who sits in the attacker's network.
    expect((await post(paths.agentLiveJoin, live, attacker(1), agentToken)).status).toBe(200);
  });
});

describe("sessions that wait", () => {
  test("are bounded by network; others start theirs, and room is free when one is joined or ends", async () => {
    await start({ maxWaiting: 3, requestsPerMinute: 100_000 });
    const tickets: Ticket[] = [];
    const refused: (string | undefined)[] = [];
    for (let n = 0; n < 10; n++) {
      const answer = await post(paths.customerRequest, { name: "Eve" }, attacker(n));
      if (answer.status === 201) tickets.push(answer.body);
      else refused.push(errorOf(answer));
    }
    expect(tickets).toHaveLength(3);
    expect(new Set(refused)).toEqual(new Set(["TOO_MANY_WAITING"]));
    expect((await post(paths.customerRequest, { name: "Ada" }, "192.0.2.7")).status).toBe(201);
    const again = () =>
      post(paths.customerRequest, { name: "Eve" }, attacker(1)).then(({ status }) => status);
    const [first, second] = tickets as [Ticket, Ticket];
    await post(paths.customerLogout, {}, attacker(0), first.token);
    expect([await again(), await again()]).toEqual([201, 429]);
    await post(paths.agentLiveJoin, { name: "G", passphrase: second.passphrase }, "192.0.2.9", agentToken);
    expect([await again(), await again()]).toEqual([201, 429]);
  });

  test("of all networks of a /48 are five times as many", async () => {
    await start({ maxWaiting: 2, requestsPerMinute: 100_000 });
    const codes: number[] = [];
    for (let n = 0; n < 15; n++)
      codes.push((await post(paths.customerRequest, { name: "Eve" }, `2001:db8:bad:${n}::1`)).status);
    expect(codes.filter((code) => code === 201)).toHaveLength(10);
  });

  test("of strangers leave half of the server to agents, whose own are bounded for each", async () => {
    await start({ maxWaiting: 3, maxSessions: 10, requestsPerMinute: 100_000 });
    const codes: number[] = [];
    for (let n = 0; n < 12; n++)
      codes.push((await post(paths.customerRequest, { name: "Eve" }, `192.0.2.${n}`)).status);
    expect(codes).toEqual([...Array(5).fill(201), ...Array(7).fill(503)]);
    const own: number[] = [];
    for (let n = 0; n < 5; n++)
      own.push((await post(paths.agentRequest, { name: "Grace" }, attacker(n), agentToken)).status);
    expect(own).toEqual([201, 201, 201, 429, 429]);
  });
});

describe("requests beyond what a network may make", () => {
  test("are refused to strangers there, not to those who are known, nor elsewhere", async () => {
    await start({ requestsPerMinute: 20 });
    const customer = (await post(paths.customerRequest, { name: "Ada" }, attacker(0))).body as Ticket;
    const names = new Set<string | undefined>();
    for (let n = 0; n < 60; n++)
      names.add(errorOf(await post(paths.customerJoin, { name: "", passphrase: "1" }, attacker(n))));
    expect(names).toEqual(new Set(["INVALID_FIELD", "RATE_LIMITED"]));
    expect(errorOf(await post(paths.customerRequest, { name: "Eve" }, attacker(3)))).toBe("RATE_LIMITED");
    expect(errorOf(await post(paths.agentRequest, { name: "Eve" }, attacker(3), "a.b.c"))).toBe(
      "RATE_LIMITED",
    );
    expect((await post(paths.agentRequest, { name: "Grace" }, attacker(3), agentToken)).status).toBe(201);
    expect((await post(paths.customerLogout, {}, attacker(3), customer.token)).status).toBe(200);
    expect((await post(paths.customerRequest, { name: "Ada" }, "192.0.2.7")).status).toBe(201);
    const own = new Set<number>();
    for (let n = 0; n < 30; n++)
      own.add((await post(paths.agentRequest, { name: "" }, attacker(n), agentToken)).status);
    expect(own).toEqual(new Set([400, 429]));
  });
});

describe("sockets of one network", () => {
  beforeEach(() => start({ maxSockets: 3, requestsPerMinute: 100_000 }));

  /** The status that an upgrade is answered with. */
  function upgrade(from: string): Promise<{ status: number; socket: WebSocket }> {
    const address = `${base.replace("http", "ws")}${paths.agentSocket}/websocket`;
    const socket = new WebSocket(address, { headers: { "x-forwarded-for": from } });
    return new Promise((resolve) => {
      socket.on("open", () => resolve({ status: 101, socket }));
      socket.on("unexpected-response", (_request, { statusCode }) =>
        resolve({ status: statusCode as number, socket }),
      );
      socket.on("error", () => {});
    });
  }

  test("are bounded; elsewhere they open, and one that ends makes room", async () => {
    const opened = [await upgrade(attacker(0)), await upgrade(attacker(1)), await upgrade(attacker(2))];
    expect(opened.map(({ status }) => status)).toEqual([101, 101, 101]);
    expect((await upgrade(attacker(3))).status).toBe(429);
    const elsewhere = await upgrade("192.0.2.7");
    expect(elsewhere.status).toBe(101);
    opened[0]?.socket.terminate();
    const sockets = [...opened, elsewhere].map(({ socket }) => socket);
    const comesIn = async () => {
      const { status, socket } = await upgrade(attacker(4));
      sockets.push(socket);
      return status;
    };
    await expect.poll(comesIn).toBe(101);
    for (const socket of sockets) socket.terminate();
  });

  test("do not count as soon as they are an agent's", async () => {
    const peers: Peer[] = [];
    for (let n = 0; n < 6; n++) {
      const from = "127.0.0.1";
      const { token } = (await post(paths.agentRequest, { name: "G", autojoin: true }, from, agentToken))
        .body;
      const peer = Peer.webSocket(base, "agent", token);
      await peer.message("welcome");
      peers.push(peer);
    }
    for (const peer of peers) peer.end();
  });

  test("by SockJS are bounded too, and told why", async () => {
    const peers: Peer[] = [];
    for (let n = 0; n < 4; n++) {
      const { token } = (await post(paths.customerRequest, { name: "Ada" }, `192.0.2.${n}`)).body;
      const peer = Peer.sockJs(base, "customer", token, "xhr-streaming");
      peers.push(peer);
      if (n < 3) await peer.message("welcome");
    }
    await peers[3]?.until(() => peers[3]?.closed === SocketClose.overloaded);
    for (const peer of peers) peer.end();
  });
});

test("keys have as many digits as the site wants, and are typed with their spaces or without", async () => {
  await start({ keyDigits: 12 });
  const waiting = (await post(paths.customerRequest, { name: "Ada" }, "192.0.2.7")).body as Ticket;
  expect(waiting.passphrase).toMatch(/^\d{4} \d{4} \d{4}$/);
  const passphrase = waiting.passphrase?.replaceAll(" ", "");
  const joined = await post(paths.agentLiveJoin, { name: "Grace", passphrase }, "192.0.2.8", agentToken);
  expect(joined.status).toBe(200);
  const request = { name: "Grace", autojoin: true };
  const made = (await post(paths.agentRequest, request, "192.0.2.8", agentToken)).body as Ticket;
  const join = { name: "Ada", passphrase: made.passphrase };
  expect((await post(paths.customerJoin, join, "192.0.2.9")).status).toBe(200);
});
