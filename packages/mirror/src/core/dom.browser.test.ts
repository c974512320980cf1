import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { sharedChromium } from "../testing/browser.ts";

test("each function of core/dom is one that the browser has", async () => {
  const bundled = await build({
    entryPoints: [fileURLToPath(new URL("dom.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "everything",
    footer: { js: "globalThis.asked = everything" },
    conditions: ["copane-source"],
  });
  const browser = await sharedChromium();
  const page = await browser.newPage();
  // What is asked for as the module is loaded, and is not there.
  await page.evaluate(() => {
    const real = Object.getOwnPropertyDescriptor;
    const missed: string[] = [];
    Object.assign(globalThis, { missed });
    Object.getOwnPropertyDescriptor = (owner: object, name: PropertyKey) => {
      const found = real(owner, name);
      const media = owner === HTMLVideoElement.prototype || owner === HTMLAudioElement.prototype;
      if (!found && !(media && real(HTMLMediaElement.prototype, name)))
        missed.push(`${owner.constructor.name}.${String(name)}`);
      return found;
    };
  });
  await page.addScriptTag({ content: bundled.outputFiles[0]?.text ?? "" });
  const { missed, exported } = await page.evaluate(() => {
    const { missed, asked } = globalThis as unknown as { missed: string[]; asked: object };
    return { missed, exported: Object.keys(asked).length };
  });
  await page.close();
  expect(exported).toBeGreaterThan(150);
  // Asked of documents and fragments alone, by the function that takes elements too.
  expect(missed).toEqual(["Element.getElementById"]);
});
