import { deflateRawSync } from "node:zlib";
import { forgedStreams } from "@copane/mirror/testing/forged-streams";
import { heavyStreams } from "@copane/mirror/testing/heavy-streams";
import { encodeFrame, FrameFlag, FrameType } from "@copane/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hello, Line, startSession } from "../attack/peer.ts";
import { Desk } from "../support/desk.ts";
import { setUpWorld } from "../support/world.ts";

/** Whatever a customer's stream is made of, the agent can end the session by the button that is there for it. */

const world = setUpWorld();
let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open(world.browser, world.stack);
  await desk.signIn();
});
afterEach(() => desk.close());

/** One of each kind of what costs an agent's browser most. */
const streams: Record<string, () => Uint8Array[]> = {
  ...pick(forgedStreams(), [
    "3,000 nested elements",
    "2,000 iframes",
    "2,000 iframes, one in each frame",
    "doctypes without end",
    "a million texts",
    "20 MB of text in many frames",
    "copies of copies in SVG",
    "dialogs that open and close",
    "27,000 nested rules, as a style",
  ]),
  ...heavyStreams(),
};

test.each(Object.keys(streams))("an agent ends a session while there come: %s", async (name) => {
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
  // As soon as the first of it is there, it may keep the desk busy.
  await desk.page.evaluate(() => {
    addEventListener("pointerdown", ({ timeStamp }) => {
      Object.assign(window, { answeredAfter: performance.now() - timeStamp });
    });
  });
  for (const [seq, payload] of (streams[name] as () => Uint8Array[])().entries()) {
    const flags = FrameFlag.compressed | (seq === 0 ? FrameFlag.keyframe : 0);
    const header = { type: FrameType.mirror, peer: 0, flags, page: 1, epoch: 1, seq };
    await customer.send(encodeFrame(header, deflateRawSync(payload)));
  }
  const began = performance.now();
  await desk.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const question = desk.page.locator("dialog[open]").filter({ hasText: "End this session?" });
  await question.waitFor();
  const asked = performance.now() - began;
  await question.getByRole("button", { name: "End session", exact: true }).click();
  await customer.ended;
  const heard = await desk.page.evaluate("answeredAfter");
  console.log(`${name}: heard after ${Math.round(heard as number)} ms, asked after ${Math.round(asked)} ms`);
  await desk.page.getByText("ended", { exact: false }).first().waitFor();
});

function pick<T>(all: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(
    names.map((name) => {
      const one = all[name];
      if (!one) throw new Error(`there is no stream called ${name}`);
      return [name, one];
    }),
  );
}
