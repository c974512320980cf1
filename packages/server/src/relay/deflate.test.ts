import type { Socket } from "node:net";
import {
  encodeFrame,
  FrameFlag,
  FrameType,
  limits,
  PROTOCOL_VERSION,
  paths,
  SocketClose,
  type Ticket,
} from "@copane/protocol";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";
import { call, Peer } from "../testing/peer.ts";

/** On a machine that has other work too. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 });

let server: CopaneServer | undefined;
afterEach(() => server?.close());

async function session(deflate: boolean): Promise<{ base: string; customer: Ticket; agent: Ticket }> {
  const overrides = {
    port: 0,
    logLevel: "silent",
    devSignIn: true,
    devSignInCode: "123456",
    deflate,
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
  const tcp = (socket as unknown as { _socket: Socket })._socket;
  socket.send(JSON.stringify({ t: "hello", version: PROTOCOL_VERSION, token }));
  await soon(() => texts.some((text) => text.includes('"welcome"'))).toBe(true);
  return { socket, tcp, frames, texts, closed: () => closed };
}

const content = Buffer.from(Array.from({ length: 9_000 }, (_, i) => `row ${(i * 7919) % 1_000}`).join("\n"));
const frame = encodeFrame({ type: FrameType.mirror, page: 1, flags: FrameFlag.keyframe }, content);

test("what a WebSocket carries is deflated both ways, and what came before helps", async () => {
  const { base, customer, agent } = await session(true);
  const viewer = await line(base, paths.agentSocket, agent.token);
  const sender = await line(base, paths.customerSocket, customer.token);
  expect(sender.socket.extensions).toContain("permessage-deflate");
  await soon(() => sender.texts.some((text) => text.includes('"wanted":true'))).toBe(true);
  const [out, back] = [sender.tcp.bytesWritten, viewer.tcp.bytesRead];
  sender.socket.send(frame);
  await soon(() => viewer.frames.length).toBe(1);
  expect(viewer.frames[0]).toEqual(Buffer.from(frame));
  expect(sender.tcp.bytesWritten - out).toBeLessThan(frame.length / 2);
  expect(viewer.tcp.bytesRead - back).toBeLessThan(frame.length / 2);

  const small = encodeFrame({ type: FrameType.mirror, page: 1 }, content.subarray(-400));
  const before = sender.tcp.bytesWritten;
  sender.socket.send(small);
  await soon(() => viewer.frames.length).toBe(2);
  expect(sender.tcp.bytesWritten - before).toBeLessThan(60);
});

test("an operator may have it left away", async () => {
  const { base, customer, agent } = await session(false);
  const viewer = await line(base, paths.agentSocket, agent.token);
  const sender = await line(base, paths.customerSocket, customer.token);
  expect(sender.socket.extensions).toBe("");
  await soon(() => sender.texts.some((text) => text.includes('"wanted":true'))).toBe(true);
  sender.socket.send(frame);
  await soon(() => viewer.frames.length).toBe(1);
  expect(viewer.frames[0]).toEqual(Buffer.from(frame));
});

test("a frame that inflates beyond the limit closes its socket, and nobody else's", async () => {
  const { base, customer, agent } = await session(true);
  const viewer = await line(base, paths.agentSocket, agent.token);
  const bomb = await line(base, paths.customerSocket, customer.token);
  bomb.socket.send(encodeFrame({ type: FrameType.mirror, page: 1 }, Buffer.alloc(limits.frameBytes * 20)));
  await soon(bomb.closed).toBe(1009);
  expect(viewer.closed()).toBeUndefined();
});

test("who makes the server inflate without end is cut off", async () => {
  const { base, customer, agent } = await session(true);
  const viewer = Peer.webSocket(base, "agent", agent.token);
  await viewer.message("welcome");
  const flood = await line(base, paths.customerSocket, customer.token);
  const most = encodeFrame({ type: FrameType.mirror, page: 1 }, Buffer.alloc(limits.frameBytes - 64));
  for (let i = 0; i < 600 && flood.closed() === undefined; i++) {
    await new Promise((resolve) => flood.socket.send(most, resolve));
  }
  await soon(flood.closed).toBe(SocketClose.overloaded);
  expect(viewer.closed).toBeUndefined();
});
