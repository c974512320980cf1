import { configKeys } from "./schema.ts";

/** Variables of the same beginning that are not the server's: those of the development tools, and `COPANE_CONFIG`. */
const others = new Set([
  "COPANE_CONFIG",
  "COPANE_CHROMIUM",
  "COPANE_FIREFOX",
  "COPANE_WEBKIT",
  "COPANE_FUZZ_FRAMES",
]);

/** Settings of earlier versions that have no effect any more. They are no reason not to start. */
const retired: { env: string; key: string }[] = [{ env: "COPANE_DEFLATE", key: "deflate" }];

/** Kubernetes tells each container of a service called `copane` in variables like these. */
const ofKubernetes = /^COPANE_(SERVICE_(HOST|PORT)|PORT_\d+_(TCP|UDP))/;

/** What is wrong with variables that look like settings and are none. */
export function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = configKeys.map(({ env: name }) => name);
  const accepted = new Set([...known, ...others, ...retired.map(({ env: name }) => name)]);
  return Object.entries(env)
    .filter(([name]) => name.startsWith("COPANE_") && !accepted.has(name))
    .filter(([name, value]) => !ofKubernetes.test(name) && !(name === "COPANE_PORT" && isAddress(value)))
    .map(([name]) => `${name} is not a known setting${hint(name, known)}`);
}

/** What is wrong with keys of the file that are none. */
export function unknownKeys(values: object): string[] {
  const known: string[] = configKeys.map(({ key }) => key);
  return Object.keys(values)
    .filter((key) => !known.includes(key) && !retired.some((one) => one.key === key))
    .map((key) => `${key} is not a known key${hint(key, known)}`);
}

function isAddress(value = ""): boolean {
  return /^(tcp|udp):\/\//.test(value);
}

function hint(name: string, known: readonly string[]): string {
  const near = known
    .map((one) => ({ one, far: distance(name, one) }))
    .sort((a, b) => a.far - b.far)
    .find(({ one, far }) => far <= Math.max(2, one.length / 4));
  return near ? `; is ${near.one} meant?` : "; `copane keys` lists them all";
}

/** How many letters have to be put in, taken out or changed to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const changed = (row[j] as number) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
