import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { launchBrowser } from "../support/browser.ts";
import { startStack } from "../support/stack.ts";
import { attacks } from "./index.ts";

const usage = `npm run attack [-- --bounded] [--only WORDS] [--most N] [--json FILE]
  --bounded   as much of each as the tests try
  --only      attacks whose name has these words
  --most      as much as that, whatever the attack says`;

/** Makes the attacks, prints what was tried and what got through; fails when anything did. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      bounded: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      most: { type: "string" },
      json: { type: "string", default: fileURLToPath(new URL("../artifacts/attack.json", import.meta.url)) },
      help: { type: "boolean", default: false },
    },
  });
  const chosen = attacks.filter(
    ({ name, bounded }) => name.includes(values.only) && !(values.bounded && bounded === 0),
  );
  if (values.help || chosen.length === 0) {
    console.log(`${usage}\n\n${attacks.map(({ name }) => `  ${name}`).join("\n")}`);
    return;
  }
  await build({ all: false });
  const [browser, stack] = await Promise.all([launchBrowser(), startStack({ logLevel: "silent" })]);
  const rows: object[] = [];
  let through = 0;
  try {
    for (const attack of chosen) {
      console.log(`- ${attack.name} …`);
      const began = performance.now();
      const result = await attack.run(
        { browser, stack },
        Number(values.most ?? (values.bounded ? attack.bounded : attack.full)),
      );
      through += result.through.length;
      const seconds = Math.round((performance.now() - began) / 1_000);
      const { name, by, target } = attack;
      rows.push({ name, by, target, tries: result.tries, "got through": result.through.length, seconds });
      if (result.note) console.log(`  ${result.note}`);
      for (const one of result.through.slice(0, 50)) console.log(`  GOT THROUGH: ${one}`);
      if (result.through.length > 50) console.log(`  and ${result.through.length - 50} more`);
    }
  } finally {
    await browser.close();
    await stack.close();
  }
  console.table(rows);
  await mkdir(new URL("../artifacts/", import.meta.url), { recursive: true });
  await writeFile(values.json, `${JSON.stringify({ at: new Date().toISOString(), rows }, null, 2)}\n`);
  process.exitCode = through === 0 ? 0 : 1;
}

await main();
