import { paths } from "@copane/protocol";
import { startStack } from "../../support/stack.ts";
import { ask, honestPair, signIn, startSession } from "../peer.ts";
import type { Attack, AttackResult } from "../types.ts";

/** Tries that a network has in its first hour. */
const FIRST_HOUR = 20;

const address = (network: number, host: number) => ({
  "x-forwarded-for": `2001:db8:${network.toString(16)}::${host.toString(16)}`,
});

/** Many hosts of one network, and one of each of many networks, guess at keys and at the sign-in. */
export const guessing: Attack = {
  name: "guessed keys",
  by: "stranger",
  target: "keys of waiting sessions, and those who have the right one",
  judged: "more guesses examined than a network has, a guess that is right, an honest person who is refused",
  full: 20_000,
  bounded: 400,
  async run(_context, most): Promise<AttackResult> {
    const stack = await startStack({ trustProxy: true, requestsPerMinute: 1_000_000, logLevel: "silent" });
    const through: string[] = [];
    try {
      const { server } = stack;
      const headers = { "x-forwarded-for": "198.51.100.7" };
      // Waiting sessions of honest customers: something to be guessed.
      for (let i = 0; i < 3; i++) await startSession(server, { "x-forwarded-for": `198.51.100.${i + 20}` });
      const made = await ask(server, "POST", paths.agentRequest, {
        body: { name: "Robin" },
        token: await signIn(server, headers),
        headers,
      });
      let examined = 0;
      const half = Math.floor(most / 2);
      for (let i = 0; i < half; i++) {
        const passphrase = String(10_000_000 + i).slice(0, 8);
        const { status, name } = await ask(server, "POST", paths.customerJoin, {
          body: { name: "Eve", passphrase },
          headers: address(1, i),
        });
        if (status < 300) through.push(`the key ${i} of one network was right`);
        if (name === "PASSPHRASE_UNKNOWN") examined++;
      }
      if (examined > FIRST_HOUR) through.push(`${examined} guesses of one network were examined`);
      if (examined === 0) through.push("nothing: no guess was examined");
      for (let i = 0; i < most - half; i++) {
        const body = { name: "Eve", passphrase: String(50_000_000 + i) };
        const { status } = await ask(server, "POST", paths.customerJoin, {
          body,
          headers: address(100 + i, 1),
        });
        if (status < 300) through.push(`the key ${i} of many networks was right`);
      }
      // With the right key, from a network that did nothing.
      const body = { name: "Ada", passphrase: made.body.passphrase };
      const honest = await ask(server, "POST", paths.customerJoin, { body, headers: address(0xfff0, 1) });
      if (honest.status >= 300)
        through.push(`an honest customer with the right key: ${honest.status} ${honest.name}`);
      const refused = await honestPair(server);
      if (refused) through.push(refused);
      return { tries: most, through, note: `${examined} of one network examined` };
    } finally {
      await stack.close();
    }
  },
};
