import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../testing/browser.ts";
import { byHand, TwoPages } from "../testing/two-pages.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium([], { windowed: true });
});
afterAll(() => browser?.close());

/** Each case: a page, and what is done to it once by the browser's own hand and once by the agent. */
const cases: [name: string, html: string, act: (page: Page) => Promise<unknown>][] = [
  [
    "a click on a button",
    "<div id=d><button id=b style='width:200px;height:50px'>x</button></div>",
    (page) => page.mouse.click(50, 20),
  ],
  ["a double click on text", "<p id=p>hello world foo</p>", (page) => page.mouse.dblclick(20, 25)],
  ["a right click", "<p id=p>hello world foo</p>", (page) => page.mouse.click(20, 25, { button: "right" })],
  ["a middle click", "<p id=p>hello world foo</p>", (page) => page.mouse.click(20, 25, { button: "middle" })],
  [
    "a pointer that goes from element to element",
    "<div id=a><div id=b style='width:100px;height:50px'></div></div><div id=c style='width:100px;height:50px'></div>",
    async (page) => {
      await page.mouse.move(20, 25);
      await page.waitForTimeout(80);
      await page.mouse.move(20, 75);
      await page.waitForTimeout(80);
      await page.mouse.move(21, 26);
    },
  ],
  [
    "a click inside a shadow root and away from it",
    "<div id=h></div><div id=o style='height:60px'></div><script>h.attachShadow({mode:'open'}).innerHTML='<button id=b style=width:100px;height:50px>in</button>'</script>",
    async (page) => {
      await page.mouse.click(20, 10);
      await page.waitForTimeout(80);
      await page.mouse.move(20, 80);
    },
  ],
  [
    "a press that ends on another element",
    "<p id=p style='margin:0'>hello world foo</p><p id=q style='margin:0'>second</p>",
    async (page) => {
      await page.mouse.move(10, 10);
      await page.mouse.down();
      await page.mouse.move(30, 10);
      await page.waitForTimeout(80);
      await page.mouse.move(30, 30);
      await page.waitForTimeout(80);
      await page.mouse.up();
    },
  ],
  [
    "a captured pointer",
    "<div id=d style='width:100px;height:50px' onpointerdown='this.setPointerCapture(event.pointerId)'>x</div><div id=e style='width:100px;height:50px'>y</div>",
    async (page) => {
      await page.mouse.move(50, 20);
      await page.mouse.down();
      await page.mouse.move(50, 70);
      await page.waitForTimeout(80);
      await page.mouse.up();
    },
  ],
  [
    "a slider",
    "<input type=range id=r style='width:200px;margin:0'>",
    async (page) => {
      await page.mouse.move(50, 8);
      await page.mouse.down();
      await page.mouse.move(80, 8);
      await page.waitForTimeout(80);
      await page.mouse.up();
    },
  ],
  [
    "a label of a box",
    "<label id=l><input type=checkbox id=c>lab</label>",
    (page) => page.mouse.click(30, 10),
  ],
  ["a label of a field", "<label id=l for=t>lab</label><input id=t>", (page) => page.mouse.click(10, 10)],
  [
    "a disabled button",
    "<div id=d><button id=b disabled style='width:200px;height:50px'>x</button></div>",
    (page) => page.mouse.click(50, 20),
  ],
  [
    "a button whose pointerdown the page prevents",
    "<input id=i autofocus><button id=b onpointerdown='event.preventDefault()'>x</button>",
    (page) => page.mouse.click(200, 10),
  ],
  [
    "a button whose mousedown the page prevents",
    "<input id=i autofocus><button id=b onmousedown='event.preventDefault()'>x</button>",
    (page) => page.mouse.click(200, 10),
  ],
  [
    "a list box with Control held",
    "<select multiple id=s size=4><option id=a>one<option id=b>two<option id=c>three</select>",
    async (page) => {
      await page.mouse.click(20, 10);
      await page.keyboard.down("Control");
      await page.mouse.click(20, 40);
      await page.keyboard.up("Control");
    },
  ],
  ["a summary", "<details id=d><summary id=s>sum</summary>x</details>", (page) => page.mouse.click(20, 10)],
  [
    "typing, deleting and Enter in a form",
    "<form id=f onsubmit='return false'><input id=i><button id=s>go</button></form>",
    async (page) => {
      await page.mouse.click(30, 10);
      for (const key of ["a", "Backspace", "B", ";", "Enter"]) await page.keyboard.press(key);
    },
  ],
  [
    "lines and words in a text area",
    "<textarea id=i>foo bar</textarea>",
    async (page) => {
      await page.mouse.click(100, 30);
      for (const key of [
        "Enter",
        "Control+Backspace",
        "Control+Backspace",
        "Control+a",
        "Delete",
        "Control+z",
      ])
        await page.keyboard.press(key);
    },
  ],
  [
    "an editable document",
    "<div id=i contenteditable>foo bar</div>",
    async (page) => {
      await page.mouse.click(100, 10);
      for (const key of ["x", "Enter", "y", "Shift+Enter", "Control+Backspace", "Control+b"])
        await page.keyboard.press(key);
    },
  ],
  [
    "Tab, Space and Enter on a button",
    "<input id=i value=abc><button id=b>x</button>",
    async (page) => {
      await page.mouse.click(60, 10);
      for (const key of ["Tab", "Space", "Enter", "Shift+Tab"]) await page.keyboard.press(key);
    },
  ],
  [
    "Space on a box",
    "<input id=i><input type=checkbox id=c>",
    async (page) => {
      await page.mouse.click(60, 10);
      for (const key of ["Tab", "Space"]) await page.keyboard.press(key);
    },
  ],
  [
    "a list by keys and letters",
    "<input id=i><select id=s><option>one<option>two<option>three</select>",
    async (page) => {
      await page.mouse.click(60, 10);
      for (const key of ["Tab", "ArrowDown", "t", "ArrowUp"]) await page.keyboard.press(key);
    },
  ],
  [
    "radio buttons by arrows",
    "<input id=i><input type=radio name=r id=a checked><input type=radio name=r id=b><button id=z>z</button>",
    async (page) => {
      await page.mouse.click(60, 10);
      for (const key of ["Tab", "ArrowDown", "Space", "Tab", "Shift+Tab"]) await page.keyboard.press(key);
    },
  ],
  [
    "a slider by arrows",
    "<input id=i><input type=range id=a value=3>",
    async (page) => {
      await page.mouse.click(60, 10);
      for (const key of ["Tab", "ArrowUp", "End"]) await page.keyboard.press(key);
    },
  ],
  [
    "a summary by keys",
    "<input id=i><details id=d><summary id=s>sum</summary>x</details>",
    async (page) => {
      await page.mouse.click(60, 10);
      for (const key of ["Tab", "Space", "Enter"]) await page.keyboard.press(key);
    },
  ],
  [
    "keys with modifiers that nobody uses",
    "<p id=p tabindex=0>hello</p>",
    async (page) => {
      await page.mouse.click(20, 25);
      for (const key of ["Control+k", "Shift+F7", "Alt+x"]) await page.keyboard.press(key);
    },
  ],
  [
    "the wheel",
    "<div id=w style='height:2000px'></div>",
    async (page) => {
      await page.mouse.move(10, 10);
      await page.mouse.wheel(0, 120);
    },
  ],
];

/** What differs by nature: how an editing command of scripts calls itself, and whether a wheel can be prevented. */
function comparable(events: string[]): string[] {
  return events
    .filter((line) => !line.startsWith("paste "))
    .map((line) => line.replace(/^(wheel .*) cancelable=true$/, "$1"))
    .map((line) => line.replace(/^(input .*)deleteWord/, "$1deleteContent"));
}

describe("the page sees of the agent what it sees of a person", () => {
  test.each(cases)("%s", async (_name, html, act) => {
    const [real, pair] = await Promise.all([byHand(browser, html, act), TwoPages.open(browser, html)]);
    await act(pair.agent);
    await pair.settle();
    expect(comparable(await pair.events())).toEqual(comparable(real));
    expect(await pair.customer.evaluate(() => window.side.errors)).toEqual([]);
    await pair.close();
  });
});
