import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, type EnginePage, engineNames, startEngine } from "../../../../scripts/drivers/index.ts";
import { servePages } from "../testing/serve-pages.ts";

const body = `<style>*{margin:0;font:16px/24px monospace}</style><p id=p>The quick brown fox jumps over</p>
  <div id=h></div><div style='height:1000px'></div>
  <script>h.attachShadow({mode:"open"}).innerHTML="<style>*{margin:0;font:16px/24px monospace}</style><p>in the shadow of it</p>"</script>`;

describe.each(engineNames)("an agent's marks in %s", (name) => {
  let engine: Engine;
  let pages: Awaited<ReturnType<typeof servePages>>;
  beforeAll(async () => {
    [engine, pages] = await Promise.all([startEngine(name), servePages("in-page.ts", { page: body })]);
  });
  afterAll(async () => {
    await engine?.close();
    pages?.server.close();
  });

  const open = async () => {
    const page = await engine.open(`${pages.url}/page`);
    await page.evaluate(async () => {
      window.mirror = window.startMirror();
      await window.mirror.settle();
      window.marks = window.mirror.marks();
      (document.querySelector(".copane-surface") as HTMLElement).style.pointerEvents = "auto";
      window.marks.set("agent", { marker: true });
    });
    return page;
  };
  /** The mark, once it is about that wide: it is seen as it grows, too. */
  const marked = (page: EnginePage, wide: number) =>
    page.waitFor((wanted) => {
      const [mark] = window.marks.seen("customer");
      return mark && Math.abs(mark.width - wanted) < 5 && { kind: mark.kind, x: mark.x };
    }, wide);

  test.each([
    ["text", 12],
    ["text in a shadow root", 36],
  ])("lie on %s from where the pointer went down to where it went up", async (_what, y) => {
    const page = await open();
    const letter = await page.evaluate(() => {
      const range = document.createRange();
      range.setStart(document.getElementById("p")?.firstChild as Text, 0);
      range.setEnd(document.getElementById("p")?.firstChild as Text, 10);
      return range.getBoundingClientRect().width / 10;
    });
    await page.mouse.drag([letter * 3 + 1, y], [letter * 6, y], [letter * 8 + 1, y]);
    const mark = await marked(page, letter * 5);
    expect(mark).toMatchObject({ kind: "marker" });
    expect((mark as { x: number }).x).toBeCloseTo(letter * 3, -1);
    await page.close();
  });
});
