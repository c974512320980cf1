import { describe, expect, test } from "vitest";
import { engineNames, startEngine } from "../../../../scripts/drivers/index.ts";
import { maskedPlaces } from "../testing/masked-places.ts";
import { servePages } from "../testing/serve-pages.ts";

const marks = ["class=avcobrowse-mask", "data-mask"];

/** Letters and digits that stand nowhere else, one for each place: `.1.` in a text, `1` in a number. */
const wordOf = (place: number) =>
  `canary${[...String(1_000 + place)].map((digit) => "bcdfghjklm"[Number(digit)]).join("")}qz`;

/** In the page: builds all places, lets their scripts act, and gives what was sent. */
async function visit(places: { markup: string; act: string; word: string }[]): Promise<string> {
  const later = () => new Promise((done) => setTimeout(done, 150));
  const { mirror } = window;
  await mirror.settle();
  const Acting = Object.getPrototypeOf(async () => {}).constructor;
  const boxes = places.map(({ markup }) => {
    const box = document.createElement("div");
    box.innerHTML = markup;
    return box;
  });
  document.body.append(...boxes);
  await Promise.all(
    places.map(({ act, word }, index) => new Acting("box", "word", "later", act)(boxes[index], word, later)),
  );
  await mirror.settle();
  document.body.append("the last change");
  while (!mirror.mirror().includes("the last change")) await later();
  return (await mirror.sentTexts()).join("");
}

describe.each(engineNames)("a masked place in %s", (name) => {
  test("is masked in all its ways out", async () => {
    const { server, url } = await servePages("in-page.ts", { page: "" });
    const engine = await startEngine(name);
    const page = await engine.open(`${url}/page`);
    try {
      await page.evaluate(() => {
        window.mirror = window.startMirror({ mask: ["[data-mask]"] });
      });
      const places = marks.flatMap((mark) => maskedPlaces.map((place) => ({ mark, ...place })));
      const visits = places.map(({ mark, markup, act = "" }, index) => {
        const word = wordOf(index);
        const fill = (text: string) => text.replaceAll("{m}", mark).replaceAll("{c}", word);
        return { word, markup: fill(markup), act: fill(act) };
      });
      const sent = (await page.evaluate(visit, visits)).toLowerCase();
      expect(sent).toContain("the last change");
      const leaks = places.filter((_, index) => sent.includes(wordOf(index)));
      expect(leaks.map(({ mark, place }) => `${mark}: ${place}`)).toEqual([]);
      expect(await page.evaluate(() => window.mirror.errors)).toEqual([]);
    } finally {
      await page.close();
      await engine.close();
      server.closeAllConnections();
      server.close();
    }
  });
});
