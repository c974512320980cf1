import {
  encodeFrame,
  FrameFlag,
  FrameType,
  limits,
  PROTOCOL_VERSION,
  paths,
  type Ticket,
} from "@copane/protocol";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";
import { call } from "../testing/peer.ts";

/** On a machine that has other work too. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 });

let server: CopaneServer | undefined;
afterEach(() => server?.close());

async function session(): Promise<{ base: string; customer: Ticket; agent: Ticket }> {
  const overrides = {
    port: 0,
    logLevel: "silent",
    devSignIn: true,
    devSignInCode: "123456",
  } as const;
  server = await createServer(loadConfig({}, { overrides }));
  const base = await server.listen();
  const { token } = (await call(base, "POST", paths.agentSignIn, { body: { name: "Grace", code: "123456" } }))
    .body;
  const customer = (await call(base, "POST", paths.customerRequest, { body: { name: "Ada" } })).body;
  const { passphrase } = customer;
  const agent = (
    await call(base, "POST", paths.agentLiveJoin, { token, body: { name: "Grace", passphrase } })
  ).body;
  return { base, customer, agent };
}

/** A socket with what its line carried. */
async function line(base: string, path: string, token: string) {
  const socket = new WebSocket(`${base.replace("http", "ws")}${path}/websocket`);
  const frames: Buffer[] = [];
  const texts: string[] = [];
  socket.on("message", (data: Buffer, binary) => (binary ? frames.push(data) : texts.push(String(data))));
  let closed: number | undefined;
  socket.on("close", (code) => {
    closed = code;
  });
  socket.on("error", () => {});
  await new Promise((resolve) => socket.on("open", resolve));
  socket.send(JSON.stringify({ t: "hello", version: PROTOCOL_VERSION, token }));
  await soon(() => texts.some((text) => text.includes('"welcome"'))).toBe(true);
  return { socket, frames, texts, closed: () => closed };
}

const content = Buffer.from(Array.from({ length: 9_000 }, (_, i) => `row ${(i * 7919) % 1_000}`).join("\n"));
const frame = encodeFrame({ type: FrameType.mirror, page: 1, flags: FrameFlag.keyframe }, content);

test("a frame passes as it came: the server neither inflates nor deflates", async () => {
  const { base, customer, agent } = await session();
  const viewer = await line(base, paths.agentSocket, agent.token);
  const sender = await line(base, paths.customerSocket, customer.token);
  expect([sender.socket.extensions, viewer.socket.extensions]).toEqual(["", ""]);
  await soon(() => sender.texts.some((text) => text.includes('"wanted":true'))).toBe(true);
  sender.socket.send(frame);
  await soon(() => viewer.frames.length).toBe(1);
  expect(viewer.frames[0]).toEqual(Buffer.from(frame));
});

test("a frame far beyond the limit closes its socket, and nobody else's", async () => {
  const { base, customer, agent } = await session();
  const viewer = await line(base, paths.agentSocket, agent.token);
  const huge = await line(base, paths.customerSocket, customer.token);
  huge.socket.send(encodeFrame({ type: FrameType.mirror, page: 1 }, Buffer.alloc(limits.frameBytes * 20)));
  await soon(huge.closed).toBe(1009);
  expect(viewer.closed()).toBeUndefined();
});
