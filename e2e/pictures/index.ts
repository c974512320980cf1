import { mkdir, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { launchBrowser } from "../support/browser.ts";
import { pixelDifference } from "../support/pixels.ts";
import { startStack } from "../support/stack.ts";
import { looks } from "./looks.ts";
import { takeReadmePictures } from "./readme.ts";
import { walk } from "./walk.ts";

const usage = `npm run pictures [-- --out FOLDER] [--look NAME,…] [--against FOLDER]   every screen in every look
npm run pictures -- --readme                                         the two pictures of the README

Looks: ${looks.map(({ name }) => name).join(", ")}
--against names a folder of an earlier run: what looks otherwise now is listed, and drawn beside the new picture.`;

/** Part of a picture's pixels that may differ: a caret, a clock. */
const MOST_DIFFERENT = 0.001;

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "e2e/artifacts/pictures" },
    look: { type: "string" },
    against: { type: "string" },
    readme: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function main(): Promise<void> {
  const { out, look, against, readme, help } = values;
  if (help) {
    console.log(usage);
    return;
  }
  const wanted = look?.split(",");
  await build({ all: false });
  const stack = await startStack();
  const browser = await launchBrowser();
  const different: string[] = [];
  try {
    if (readme) await takeReadmePictures(browser, stack);
    else
      for (const one of looks.filter(({ name }) => wanted?.includes(name) ?? true)) {
        const folder = `${resolve(out)}/${one.name}`;
        await mkdir(folder, { recursive: true });
        await walk(browser, stack, one, async (page, name) => {
          const picture = await page.screenshot({ animations: "disabled" });
          await writeFile(`${folder}/${name}.png`, picture);
          if (!against) return;
          const before = await readFile(`${resolve(against)}/${one.name}/${name}.png`).catch(() => undefined);
          const compared = before && pixelDifference(before, picture);
          if (compared && compared.share <= MOST_DIFFERENT) return;
          different.push(`${one.name}/${name}`);
          if (compared) await writeFile(`${folder}/${name}-difference.png`, compared.picture);
        });
        console.log(`${one.name}: done`);
      }
  } finally {
    await browser.close();
    await stack.close();
  }
  if (against)
    console.log(different.length ? `look otherwise: ${different.join(", ")}` : "all look as before");
  process.exitCode = different.length ? 1 : 0;
}

await main();
