import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { folders, lists } from "./locales.mjs";

test("the lists of languages are those of the folders; else run `npm run locales`", () => {
  for (const { path, isCurrent } of lists()) expect(isCurrent, path).toBe(true);
});

test("a language is added by adding files: every list then has it", () => {
  const base = `${mkdtempSync(join(tmpdir(), "locales-"))}/`;
  const root = fileURLToPath(new URL("../", import.meta.url));
  try {
    for (const folder of folders) {
      cpSync(`${root}${folder}`, `${base}${folder}`, { recursive: true });
      cpSync(`${root}${folder}/de`, `${base}${folder}/xx`, { recursive: true });
    }
    for (const { path, text, isCurrent } of lists(base)) {
      expect(isCurrent, path).toBe(false);
      expect(text).toMatch(/\bxx: .*import\("\.\/xx\/\w+\.ts"\)|"[^"]*\bxx\b[^"]*"\.split|\n {2}xx,/);
    }
  } finally {
    rmSync(base, { recursive: true });
  }
});
