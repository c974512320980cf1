import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { handledBy, type OperationHandlers } from "../core/codec/reader.ts";
import type { Samples } from "./samples.ts";

/** All folders with operations: a new one is found by its `samples.ts`. */
const folders = [
  "core/tree",
  "subframes",
  ...readdirSync(new URL("../features", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `features/${name}`),
];

export const features: readonly (Samples & { folder: string })[] = await Promise.all(
  folders.map(async (folder) => {
    const file = fileURLToPath(new URL(`../${folder}/samples.ts`, import.meta.url));
    const { samples } = (await import(/* @vite-ignore */ file)) as { samples: Samples };
    return { folder, ...samples };
  }),
);

/** Takes all operations: tells of each as a call with its name. */
export function allHandlers(heard: (name: string, ...args: unknown[]) => void): OperationHandlers {
  const to = new Proxy({} as never, {
    get:
      (_target, name: string) =>
      (...args: unknown[]) =>
        heard(name, ...args),
  });
  return features.flatMap(({ readers }) => handledBy(to, readers));
}
