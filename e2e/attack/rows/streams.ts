import { FrameFlag } from "@copane/protocol";
import { churnKinds, churnPage } from "../../pages/churn.ts";
import { bundle } from "../../pages/modules.ts";
import { AgentView } from "../../support/agent.ts";
import { openContext } from "../../support/browser.ts";
import { Customer } from "../../support/customer.ts";
import { html } from "../../support/http.ts";
import type { Stream } from "../in-page/replica.ts";
import { seeded } from "../peer.ts";
import type { Attack, AttackContext, AttackResult } from "../types.ts";

/** Longer turns of the page than this are a hang, in milliseconds. */
const LONGEST_MS = 1_000;
/** Streams that are played in one go. */
const BATCH = 50;

type Random = () => number;

/** Streams of real pages with bytes changed, cut out, repeated and put together otherwise. */
export const forgedStreams: Attack = {
  name: "forged mirror streams",
  by: "customer",
  target: "the agent's browser",
  judged:
    "a crash, a turn of the page over a second, an error that nobody caught, a script, a page that does not answer",
  full: 10_000,
  bounded: 100,
  async run(context, most): Promise<AttackResult> {
    const { browser, stack } = context;
    const frames = await realFrames(context);
    const random = seeded(most);
    const site = await stack.serve({
      "/": html(
        '<!doctype html><title>Replicas</title><div id="view" style="width:900px;height:600px"></div><script src="/r.js"></script>',
      ),
      "/r.js": await bundle("attack/in-page/replica.ts"),
    });
    const through: string[] = [];
    const context_ = await openContext(browser);
    let longest = 0;
    let tries = 0;
    try {
      const open = async () => {
        const page = await context_.newPage();
        page.on("crash", () => through.push(`a crash after ${tries} streams`));
        page.on("popup", () => through.push(`a window after ${tries} streams`));
        page.on("dialog", (dialog) => {
          through.push(`a dialog after ${tries} streams`);
          void dialog.dismiss();
        });
        await page.goto(`${site.origin}/`);
        return page;
      };
      let page = await open();
      while (tries < most && through.length < 20) {
        const streams = Array.from({ length: Math.min(BATCH, most - tries) }, () => forge(frames, random));
        const played = page.evaluate((list) => window.replicas.play(list), streams);
        const result = await Promise.race([
          played.catch((error: Error) => ({ longestMs: 0, errors: [error.message] })),
          new Promise<undefined>((resolve) => setTimeout(resolve, 60_000)),
        ]);
        tries += streams.length;
        if (!result) {
          through.push(`streams ${tries - BATCH} to ${tries}: the page does not answer`);
          await page.close();
          page = await open();
          continue;
        }
        longest = Math.max(longest, result.longestMs);
        if (result.longestMs > LONGEST_MS)
          through.push(`streams ${tries - BATCH} to ${tries}: a turn of ${Math.round(result.longestMs)} ms`);
        through.push(...result.errors.map((error) => `streams ${tries - BATCH} to ${tries}: ${error}`));
        if (page.url() !== `${site.origin}/`) through.push(`the page is at ${page.url()}`);
      }
    } finally {
      await context_.close();
      await site.close();
    }
    return { tries, through, note: `longest turn ${Math.round(longest)} ms` };
  },
};

/** Payloads of a session in which everything happens once. */
async function realFrames({ browser, stack }: AttackContext): Promise<Buffer[]> {
  const site = await stack.serve(churnPage);
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
  for (const kind of churnKinds) {
    const done = customer.page.evaluate((wanted) => window.churn(wanted), kind);
    for (let over = false; !over; ) {
      over = await Promise.race([done.then(() => true), customer.page.waitForTimeout(60).then(() => false)]);
      if (!over) await customer.page.evaluate("confirmRound()");
    }
  }
  const frames = [...customer.wire.mirrorPayloads];
  await customer.context.close();
  await agent.context.close();
  await site.close();
  return frames;
}

/** A few frames, the first as a keyframe, most of them changed. */
function forge(frames: readonly Buffer[], random: Random): Stream {
  const at = (most: number) => Math.floor(random() * most);
  const first = frames[0] as Buffer;
  const stream = [random() < 0.6 ? first : (frames[at(frames.length)] as Buffer)];
  for (let more = at(4); more > 0; more--) stream.push(frames[at(frames.length)] as Buffer);
  return stream.map((frame, index) => ({
    flags: (index === 0 ? FrameFlag.keyframe : 0) | packing(random()),
    payload: (random() < 0.15 ? frame : changed(frame, frames, random)).toString("base64"),
  }));
}

/** Frames are said to be packed now and then, which they are not. */
function packing(chance: number): number {
  if (chance < 0.03) return FrameFlag.compressed;
  return chance < 0.06 ? FrameFlag.chained : 0;
}

function changed(frame: Buffer, frames: readonly Buffer[], random: Random): Buffer {
  const at = (most: number) => Math.floor(random() * Math.max(1, most));
  let bytes: Buffer = Buffer.from(frame);
  for (let edits = 1 + at(6); edits > 0; edits--) {
    const place = at(bytes.length);
    const kind = random();
    if (kind < 0.35) bytes[place] = at(256);
    else if (kind < 0.5) bytes[place] = (bytes[place] ?? 0) ^ (1 << at(8));
    else if (kind < 0.6) bytes = bytes.subarray(0, place);
    else if (kind < 0.7) bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + at(40))]);
    else if (kind < 0.85) {
      const other = frames[at(frames.length)] as Buffer;
      const from = at(other.length);
      bytes = Buffer.concat([
        bytes.subarray(0, place),
        other.subarray(from, from + at(400)),
        bytes.subarray(place),
      ]);
    } else if (kind < 0.93) {
      const part = bytes.subarray(place, place + at(60));
      bytes = Buffer.concat([
        bytes.subarray(0, place),
        ...Array<Buffer>(at(200)).fill(part),
        bytes.subarray(place),
      ]);
    } else
      bytes = Buffer.concat([
        bytes.subarray(0, place),
        Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]),
        bytes.subarray(place),
      ]);
  }
  return bytes.subarray(0, 1024 * 1024);
}
