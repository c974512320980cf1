import { encodeFrame, FrameType, type Role } from "@copane/protocol";
import { startStack } from "../../support/stack.ts";
import { hello, honestPair, Line, noteUncaught, seeded, startBoth } from "../peer.ts";
import type { Attack, AttackResult } from "../types.ts";

/** What one socket is sent before another is opened: below what closes it for its rate alone. */
const PER_SOCKET = 4_000;

type Random = () => number;

/** A server that lives, answers honest people, and has thrown nothing, after any bytes on its sockets. */
export const fuzzedFrames: Attack = {
  name: "fuzzed frames and messages",
  by: "network",
  target: "the server's sockets",
  judged: "an error that nobody caught, a server that does not answer, an honest pair that is refused",
  full: 1_000_000,
  bounded: 20_000,
  async run(_context, most): Promise<AttackResult> {
    const stack = await startStack({ logLevel: "silent" });
    const through: string[] = [];
    const noted = noteUncaught(through);
    const random = seeded(most);
    let sent = 0;
    let slowest = 0;
    try {
      for (let round = 0; sent < most; round++) {
        const role: Role = round % 2 ? "agent" : "customer";
        const both = await startBoth(stack.server);
        const line = new Line(stack.server, role);
        await line.opened;
        // Every fourth has not said who it is.
        if (round % 4 > 0) {
          await line.send(hello(both[role].token));
          await line.comes("welcome");
        }
        // Nearly all of what ends a socket by itself is left out in two of three, so that the rest gets far.
        const gentle = round % 3 > 0;
        for (let i = 0; i < PER_SOCKET && sent < most && line.closed === undefined; i++) {
          await line.send(gentle ? gentleFrame(random) : anything(random));
          sent++;
          if (i % 500 === 0) slowest = Math.max(slowest, await answerMs(stack.server));
        }
        line.end();
      }
      const refused = await honestPair(stack.server);
      if (refused) through.push(refused);
    } finally {
      noted();
      await stack.close();
    }
    return { tries: sent, through, note: `slowest answer meanwhile ${Math.round(slowest)} ms` };
  },
};

async function answerMs(server: string): Promise<number> {
  const began = performance.now();
  await (await fetch(`${server}/healthz`)).text();
  return performance.now() - began;
}

function bytes(random: Random, most: number): Uint8Array {
  return Uint8Array.from({ length: Math.floor(random() * most) }, () => random() * 256);
}

const types = Object.values(FrameType).filter((type) => typeof type === "number");

/** A frame with a header that can be read, and anything in it. */
function gentleFrame(random: Random): Uint8Array {
  const number = () => Math.floor(random() ** 4 * 2 ** (random() < 0.1 ? 32 : 6));
  const type =
    random() < 0.9 ? (types[Math.floor(random() * types.length)] as number) : Math.floor(random() * 256);
  return encodeFrame(
    {
      type,
      peer: random() < 0.7 ? 0 : Math.floor(random() * 256),
      flags: Math.floor(random() * 8),
      page: number(),
      epoch: number(),
      seq: number(),
    },
    bytes(random, random() < 0.01 ? 20_000 : 60),
  );
}

const messages = [
  "hello ping activity page control.request control.release control.grant control.deny consent.give session.pause session.resume invite.make handover.offer handover.take proposal.make proposal.answer record.ask",
].flatMap((line) => line.split(" "));

function anything(random: Random): string | Uint8Array {
  const kind = random();
  if (kind < 0.4) return gentleFrame(random);
  if (kind < 0.55) return bytes(random, 40);
  if (kind < 0.6) {
    const cut = gentleFrame(random);
    return cut.subarray(0, Math.floor(random() * cut.length));
  }
  const t = messages[Math.floor(random() * messages.length)];
  const odd = [
    0,
    -1,
    1e308,
    "x".repeat(Math.floor(random() * 2_000)),
    null,
    [],
    {},
    true,
    "\u0000",
    "__proto__",
  ];
  const any = () => odd[Math.floor(random() * odd.length)];
  if (kind < 0.9)
    return JSON.stringify({
      t,
      n: random() < 0.8 ? 1 : any(),
      [random() < 0.2 ? "__proto__" : "token"]: any(),
      to: any(),
      key: any(),
      id: any(),
      level: any(),
      path: any(),
    });
  return JSON.stringify({ t, deep: any() }).slice(0, Math.floor(random() * 60));
}
