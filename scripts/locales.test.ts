import { expect, test } from "vitest";
import { lists } from "./locales.mjs";

test("the lists of languages are those of the folders; else run `npm run locales`", () => {
  for (const { path, isCurrent } of lists()) expect(isCurrent, path).toBe(true);
});
