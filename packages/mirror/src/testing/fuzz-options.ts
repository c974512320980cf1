import { parseArgs } from "node:util";

/** What a fuzzer was asked for by `--runs` and `--seed`. Ends the process with the usage where that is not clear. */
export function fuzzOptions(usage: string, runsByDefault: number): { runs: number; seed: number } {
  try {
    const { values } = parseArgs({ options: { runs: { type: "string" }, seed: { type: "string" } } });
    const runs = Number(values.runs ?? runsByDefault);
    const seed = Number(values.seed ?? Date.now() % 2 ** 31);
    if (Number.isSafeInteger(runs) && runs > 0 && Number.isSafeInteger(seed)) return { runs, seed };
  } catch {
    // An unknown option: the usage says which there are.
  }
  console.error(usage);
  process.exit(2);
}
