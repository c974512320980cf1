import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirroredPage, sharedChromium } from "../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

const ROWS = 25_000;

test("a page of 100,000 nodes is sent in slices, between which the page has its turn", {
  timeout: 120_000,
}, async () => {
  const page = await mirroredPage(browser, "<main></main>", {}, { start: false });
  const found = await page.evaluate(async (rows) => {
    const main = document.querySelector("main") as HTMLElement;
    for (let i = 0; i < rows; i++) {
      const row = document.createElement("p");
      row.append(`row ${i}`, document.createElement("b"));
      row.lastElementChild?.append("x");
      main.append(row);
    }
    const nodes = document.createTreeWalker(main);
    let count = 0;
    while (nodes.nextNode()) count++;

    // A clock that goes on by a millisecond whenever it is asked: slices are counted, whatever the machine does.
    let now = 0;
    performance.now = () => ++now;
    let turns = 0;
    const slices: number[] = [];
    const post = MessagePort.prototype.postMessage;
    // The engine's next slice is asked for by a message of nothing.
    MessagePort.prototype.postMessage = function (this: MessagePort, ...args: [unknown]) {
      if (args[0] === null) slices.push(turns);
      return post.apply(this, args as never);
    };
    // What the page has to do besides: one short task after the other.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      turns++;
      port2.postMessage("page");
    };
    port2.postMessage("page");
    const side = window.startMirror();
    const there = () => side.replica.frame.contentDocument?.querySelectorAll("main b").length;
    for (let i = 0; i < 1_000 && there() !== rows; i++) await new Promise((done) => setTimeout(done, 50));
    port1.close();
    MessagePort.prototype.postMessage = post;
    return { count, there: there(), errors: side.errors, slices };
  }, ROWS);
  expect(found.errors).toEqual([]);
  expect(found.count).toBe(ROWS * 4);
  expect(found.there).toBe(ROWS);
  // The clock is asked once in 32 nodes and a slice has eight milliseconds: 256 nodes, and the texts of leaves
  // with them.
  expect(found.slices.length).toBeGreaterThan(found.count / 400);
  const between = found.slices.filter((turn, i) => i > 0 && turn > (found.slices[i - 1] as number)).length;
  expect(between).toBeGreaterThan(found.slices.length * 0.9);
  await page.close();
});
