import { FrameFlag } from "@copane/protocol";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MirrorReader } from "../../core/codec/reader.ts";
import { allHandlers } from "../../testing/all-operations.ts";
import { closeAllPages, mirroredPage, sharedChromium } from "../../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** One picture on the wire: its operation, its first arguments, and how many bytes it took. */
type Sent = [op: string, what: string, bytes: number];

/** All pictures that were sent so far, after all is quiet. */
async function pictures(page: Page): Promise<Sent[]> {
  const frames = await page.evaluate(async () => {
    await window.mirror.settle();
    return Promise.all(window.mirror.sent.map(async ({ flags, written }) => [flags, ...(await written)]));
  });
  const sent: Sent[] = [];
  const handlers = allHandlers((op, ...[, ...args]) => {
    const [first, , type, bytes] = args as [never, never, string, Uint8Array];
    if (op === "image") sent.push([op, type, bytes.length]);
    if (op !== "pixels") return;
    const { left, top, partWidth, partHeight, over, bytes: part } = first as Record<string, number>;
    sent.push([
      op,
      `${over ? "over " : ""}${left},${top} ${partWidth}x${partHeight}`,
      (part as unknown as Uint8Array).length,
    ]);
  });
  let reader = new MirrorReader(handlers);
  for (const [flags = 0, ...bytes] of frames) {
    if (flags & FrameFlag.keyframe) reader = new MirrorReader(handlers);
    reader.read(Buffer.from(bytes));
  }
  return sent;
}

/** All pictures that were sent, once there are so many. */
async function picturesOnce(page: Page, enough: (sent: Sent[]) => boolean): Promise<Sent[]> {
  let sent: Sent[] = [];
  await expect
    .poll(
      async () => {
        sent = await pictures(page);
        return enough(sent);
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  return sent;
}

/** How many pixels differ between the page's canvases and what stands for them, by turns. */
function differing(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const pixels = (source: CanvasImageSource, width: number, height: number) => {
      const context = new OffscreenCanvas(width, height).getContext(
        "2d",
      ) as OffscreenCanvasRenderingContext2D;
      context.drawImage(source, 0, 0);
      return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    };
    const document = window.mirror.replica.frame.contentDocument as Document;
    const stand = [...document.querySelectorAll<HTMLImageElement>("img[data-copane-picture]")];
    const found: number[] = [];
    for (const [i, canvas] of [...window.document.querySelectorAll("canvas")].entries()) {
      const picture = stand[i] as HTMLImageElement;
      await picture.decode();
      const [here, there] = [canvas, picture].map((one) => pixels(one, canvas.width, canvas.height));
      const same = picture.naturalWidth === canvas.width && picture.naturalHeight === canvas.height;
      found.push(same && here ? here.filter((word, at) => word !== there?.[at]).length : -1);
    }
    return found;
  });
}

/** Soon they are the same; a picture that is being replaced cannot be compared. */
async function exact(page: Page, expected: readonly number[]): Promise<void> {
  await expect.poll(() => differing(page).catch(String), { timeout: 10_000 }).toEqual(expected);
}

/** Paints into the first canvas of a page. */
function paint(page: Page, work: string): Promise<void> {
  return page.evaluate(
    `{ const canvas = document.querySelector("canvas"), context = canvas.getContext("2d"); ${work} }`,
  );
}

test("what changes in a canvas crosses as it is, and nothing else", async () => {
  const page = await mirroredPage(
    browser,
    `<canvas width=400 height=300></canvas><canvas width=50 height=40></canvas>
     <script>{ const c = document.querySelector("canvas").getContext("2d");
     for (let i = 0; i < 40; i++) { c.fillStyle = "hsla(" + i * 9 + " 80% 50% / " + i / 40 + ")"; c.fillRect(i * 9, i * 6, 40, 40); } }</script>`,
  );
  const first = await picturesOnce(page, ({ length }) => length > 0);
  expect(first).toEqual([["pixels", "9,6 382x268", expect.any(Number)]]);
  await exact(page, [0, 0]);
  await paint(page, `context.clearRect(100, 80, 30, 20); context.fillRect(110, 85, 3, 4);`);
  const second = (await picturesOnce(page, ({ length }) => length > 1)).slice(1);
  expect(second).toEqual([["pixels", "over 100,80 30x20", expect.any(Number)]]);
  expect(second[0]?.[2]).toBeLessThan((first[0]?.[2] as number) / 2);
  await exact(page, [0, 0]);
  await paint(page, `canvas.width = 200;`);
  expect((await picturesOnce(page, ({ length }) => length > 2)).slice(2)).toEqual([
    ["pixels", "0,0 1x1", expect.any(Number)],
  ]);
  await exact(page, [0, 0]);
  expect(await page.evaluate(() => window.mirror.errors)).toEqual([]);
  await page.close();
});

/** Something like a photograph: smooth with a little noise. */
const photograph = `const image = context.createImageData(canvas.width, canvas.height);
  canvas.turn++;
  for (let i = 0; i < image.data.length; i++) image.data[i] = (i & 3) === 3 ? 255 :
    120 + 90 * Math.sin(i / 3000 + canvas.turn + (i & 3)) + ((i * 2654435761) >>> 30);
  context.putImageData(image, 0, 0);`;

test.each([
  [320, 240],
  [701, 581],
])(
  "what moves a lot is sent with loss, and as it is once it stands still (%i × %i)",
  async (width, height) => {
    const page = await mirroredPage(browser, `<canvas width=${width} height=${height}></canvas>`);
    await paint(page, `canvas.turn = 0; canvas.timer = setInterval(() => { ${photograph} }, 60);`);
    // It moves as long as this: what is sent of it is a matter of time.
    await page.waitForTimeout(1_500);
    // Of the same size, whatever came over the wire.
    await expect.poll(async () => (await differing(page).catch(() => []))[0]).toBeGreaterThan(1_000);
    await paint(page, "clearInterval(canvas.timer);");
    await exact(page, [0]);
    const sent = await pictures(page);
    const last = sent.pop();
    // What changes for the first time may do so only once.
    if (width === 320) expect(sent.shift()?.[0]).toBe("pixels");
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent.map(([op, what]) => `${op} ${what}`))).toEqual(new Set(["image image/webp"]));
    const [lossy] = sent as [Sent];
    expect(last?.[1]).not.toBe("image/webp");
    expect(last?.[2]).toBeGreaterThan(lossy[2] * 2);
    await exact(page, [0]);
    // A little more upon that: of what was sent with loss nothing is left.
    await paint(page, `context.clearRect(5, 5, 9, 9);`);
    await page.waitForTimeout(1_500);
    await exact(page, [0]);
    await page.close();
  },
);

test("what nobody sees is not sent, and what may not be seen any more neither", async () => {
  const page = await mirroredPage(
    browser,
    `<div id=box style="display:none"><canvas width=60 height=60></canvas></div>`,
  );
  await paint(page, `context.fillRect(1, 1, 9, 9);`);
  // Nothing may come: longer than a look at all canvases takes.
  await page.waitForTimeout(600);
  expect(await pictures(page)).toEqual([]);
  await page.evaluate(() => {
    (document.getElementById("box") as HTMLElement).style.display = "";
  });
  const shown = await picturesOnce(page, ({ length }) => length > 0);
  expect(shown).toEqual([["pixels", "1,1 9x9", expect.any(Number)]]);
  for (const hidden of ["avcobrowse-mask", "avcobrowse-block"]) {
    await page.evaluate((name) => {
      (document.getElementById("box") as HTMLElement).className = name;
    }, hidden);
    await paint(page, `context.fillRect(20, 20, 9, 9);`);
    // Nothing may come here either.
    await page.waitForTimeout(700);
    expect((await pictures(page)).length).toBe(1);
  }
  await page.close();
});

test("what WebGL draws once is shown, also when it draws again while the last drawing waits", async () => {
  const page = await mirroredPage(browser, "<canvas id=c width=60 height=40></canvas>");
  const draw = (red: number) =>
    page.evaluate((value) => {
      const canvas = document.getElementById("c") as HTMLCanvasElement;
      const gl = canvas.getContext("webgl") as WebGLRenderingContext;
      gl.clearColor(value, 0, 1, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
    }, red);
  const shows = (red: number) =>
    page.waitForFunction(async (value) => {
      const document = window.mirror.replica.frame.contentDocument as Document;
      const picture = document.querySelector<HTMLImageElement>("img[data-copane-picture]");
      if (!picture?.src) return false;
      await picture.decode().catch(() => {});
      const context = new OffscreenCanvas(60, 40).getContext("2d") as OffscreenCanvasRenderingContext2D;
      context.drawImage(picture, 0, 0);
      const [r = 0, , b = 0] = context.getImageData(30, 20, 1, 1).data;
      return Math.abs(r - value * 255) < 4 && b > 250;
    }, red);
  // Once the canvas is followed.
  await pictures(page);
  await draw(0.2);
  await shows(0.2);
  await draw(0.4);
  await draw(0.8);
  await shows(0.8);
  // One who joins later sees it too.
  await page.evaluate(() => window.mirror.capture.resync());
  await pictures(page);
  await shows(0.8);
  await page.close();
});
