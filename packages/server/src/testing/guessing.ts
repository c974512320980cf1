import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { CataloguedError } from "@copane/protocol";
import { GuessLimiter } from "../auth/guessing.ts";

/** What a flood of guesses at keys does, with the real limiter and a clock of its own. */
export interface GuessingOptions {
  /** Networks that guess, each as often as it may. */
  networks: number;
  hours: number;
  /** People with the right key who come in each hour, each from a network of its own. One in ten mistypes first. */
  honest: number;
  /** Digits of a key. */
  digits: number;
}

export interface GuessingResult {
  /** Guesses that were let through, by hour. */
  guesses: number[];
  /** The most that one network had, by hour. */
  mostOfOne: number[];
  honest: number;
  refused: number;
  /** For so many sessions that wait all the time: the chance that a stranger joined one of them. */
  chances: { waiting: number; firstHour: number; all: number }[];
}

const wrong = new CataloguedError("PASSPHRASE_UNKNOWN");
const isWrong = (error: unknown) => error === wrong;

/** Runs it. The chances come from the number of guesses that were let through, each of which has the same. */
export async function simulateGuessing(options: GuessingOptions): Promise<GuessingResult> {
  const { networks, hours, honest, digits } = options;
  let now = 0;
  const limiter = new GuessLimiter({ clock: () => now });
  const attempt = async (address: string, right: boolean): Promise<boolean> => {
    try {
      await limiter.guess("key", { address }, right ? async () => {} : () => Promise.reject(wrong), isWrong);
      return true;
    } catch (error) {
      return error === wrong;
    }
  };
  const result: GuessingResult = { guesses: [], mostOfOne: [], honest: 0, refused: 0, chances: [] };
  for (let hour = 0; hour < hours; hour++) {
    const tries = new Uint32Array(networks);
    for (let network = 0; network < networks; network++) {
      // One more than it may: that one must be refused.
      while (await attempt(address(10, network), false)) (tries[network] as number)++;
    }
    result.guesses.push(tries.reduce((sum, one) => sum + one, 0));
    result.mostOfOne.push(tries.reduce((most, one) => Math.max(most, one), 0));
    for (let person = 0; person < honest; person++) {
      const from = address(20 + hour, person);
      if (randomInt(10) === 0) await attempt(from, false);
      result.honest++;
      if (!(await attempt(from, true))) result.refused++;
    }
    now += 3_602_000;
  }
  const first = result.guesses[0] ?? 0;
  const all = result.guesses.reduce((sum, one) => sum + one, 0);
  for (const waiting of [1, 100, 1_000]) {
    const chance = (guesses: number) => 1 - (1 - waiting / 10 ** digits) ** guesses;
    result.chances.push({ waiting, firstHour: chance(first), all: chance(all) });
  }
  return result;
}

/** Addresses of a block of their own, IPv4. */
function address(block: number, n: number): string {
  return `${block}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
}

if (process.argv[1]?.endsWith("guessing.ts")) {
  const { values } = parseArgs({
    options: {
      networks: { type: "string", default: "10000" },
      hours: { type: "string", default: "24" },
      honest: { type: "string", default: "10000" },
      digits: { type: "string", default: "8" },
    },
  });
  const [networks, hours, honest, digits] = [values.networks, values.hours, values.honest, values.digits].map(
    Number,
  ) as [number, number, number, number];
  const result = await simulateGuessing({ networks, hours, honest, digits });
  const percent = (part: number) => `${(part * 100).toPrecision(3)} %`;
  const [firstHour, ...later] = result.mostOfOne;
  console.log(
    `${networks} networks guess at keys of ${digits} digits for ${hours} hours, as often as they may.`,
  );
  console.log(
    `Tries of one network: ${firstHour} in the first hour, at most ${Math.max(0, ...later)} in a later one.`,
  );
  console.log(`People with the right key: ${result.honest}, refused: ${result.refused}.`);
  console.log("Sessions that wait | somebody joined one, first hour | in all");
  for (const { waiting, firstHour: first, all } of result.chances)
    console.log(`${waiting} | ${percent(first)} | ${percent(all)}`);
}
