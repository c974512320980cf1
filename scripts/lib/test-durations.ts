import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../.cache/", import.meta.url));
const file = `${folder}test-seconds.json`;

/** Files are known by their name without the folder, so that moving one costs nothing. */
type Durations = Record<string, number>;

/** Seconds of the long files on a machine with two cores: they count until this machine has its own figures. */
const usual: Durations = {
  "bad-days.test.ts": 140,
  "restart.test.ts": 140,
  "defaults.engines.browser.test.ts": 110,
  "fuzz.browser.test.ts": 110,
  "events.browser.test.ts": 110,
  "benchmark.test.ts": 98,
  "people.test.ts": 96,
  "control.browser.test.ts": 90,
  "fields.engines.browser.test.ts": 80,
  "marks.browser.test.ts": 80,
  "third-party.test.ts": 70,
  "marks.test.ts": 60,
  "frames.test.ts": 50,
  "states.browser.test.ts": 45,
  "slices.browser.test.ts": 40,
  "avaya-customer.test.ts": 40,
  "style-texts.browser.test.ts": 40,
  "canaries.browser.test.ts": 35,
  "journey.test.ts": 35,
  "roundtrip.browser.test.ts": 35,
  "unasked.test.ts": 30,
  "bounds.browser.test.ts": 25,
  "forged.test.ts": 25,
  "faults.test.ts": 25,
  "privacy.test.ts": 25,
  "server.test.ts": 25,
  "regexes.test.ts": 25,
  "sharing.test.ts": 15,
  "consent.test.ts": 15,
  "crash.test.ts": 12,
  "audit.test.ts": 9,
};
const UNKNOWN_SECONDS = 5;

/** Gives the seconds that a test file took when it ran last on this machine, else what it usually takes. */
export function readDurations(): (path: string) => number {
  const known = { ...usual, ...measured() };
  return (path) => known[basename(path)] ?? UNKNOWN_SECONDS;
}

/** Keeps what a run measured; files that did not run keep their figures. */
export function keepDurations(files: readonly { path: string; seconds: number }[]): void {
  const all = measured();
  for (const { path, seconds } of files) all[basename(path)] = Math.round(seconds * 10) / 10;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}

function measured(): Durations {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // The first run on this machine.
    return {};
  }
}
