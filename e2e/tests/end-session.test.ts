import { deflateRawSync } from "node:zlib";
import { forgedStreams } from "@copane/mirror/testing/forged-streams";
import { encodeFrame, FrameFlag, FrameType } from "@copane/protocol";
import type { WebSocket } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hello, Line, startSession } from "../attack/peer.ts";
import { Desk } from "../support/desk.ts";
import { setUpWorld } from "../support/world.ts";

/** Whatever a customer's stream is made of, the agent can end the session by the button that is there for it. */

const world = setUpWorld();
let desk: Desk;
let sockets: WebSocket[];

beforeEach(async () => {
  desk = await Desk.open(world.browser, world.stack);
  sockets = [];
  desk.page.on("websocket", (socket) => sockets.push(socket));
  await desk.signIn();
});
afterEach(() => desk.close());

/** One of each kind of what costs an agent's browser most. */
const names = [
  "3,000 nested elements",
  "2,000 iframes",
  "2,000 iframes, one in each frame",
  "doctypes without end",
  "a million texts",
  "20 MB of text in many frames",
  "copies of copies in SVG",
  "dialogs that open and close",
  "27,000 nested rules, as a style",
];
const streams = forgedStreams();

test.each(names)("an agent ends a session while there come: %s", async (name) => {
  const { server } = world.stack;
  const ticket = await startSession(server);
  const customer = new Line(server, "customer");
  await customer.opened;
  await customer.send(hello(ticket.token));
  expect(await customer.comes("welcome", 20_000)).toBe(true);
  await desk.giveKey(ticket.passphrase as string);
  const button = desk.page.getByRole("button", { name: "End session", exact: true });
  await button.waitFor();
  const box = await button.boundingBox();
  if (!box) throw new Error("the button is not to be seen");
  let arrived: () => void = () => {};
  const begins = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  for (const socket of sockets)
    socket.on("framereceived", ({ payload }) => {
      if (typeof payload !== "string") arrived();
    });
  for (const [seq, payload] of (streams[name] as () => Uint8Array[])().entries()) {
    const flags = FrameFlag.compressed | (seq === 0 ? FrameFlag.keyframe : 0);
    const header = { type: FrameType.mirror, peer: 0, flags, page: 1, epoch: 1, seq };
    await customer.send(encodeFrame(header, deflateRawSync(payload)));
  }
  // As soon as the first of it is there, it may keep the desk busy.
  await begins;
  const began = performance.now();
  await desk.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const question = desk.page.locator("dialog[open]").filter({ hasText: "End this session?" });
  await question.waitFor();
  const asked = performance.now() - began;
  await question.getByRole("button", { name: "End session", exact: true }).click();
  await customer.ended;
  console.log(`${name}: the question stood after ${Math.round(asked)} ms`);
  await desk.page.getByText("ended", { exact: false }).first().waitFor();
});
