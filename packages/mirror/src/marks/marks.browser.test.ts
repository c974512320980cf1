import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeAllPages, mirroredPage, sharedChromium } from "../testing/browser.ts";
import type { startMarks } from "../testing/marked.ts";

declare global {
  interface Window {
    marks: ReturnType<typeof startMarks>;
  }
}

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

type Side = "customer" | "agent";
const sides = ["agent", "customer"] as const;

/** A form among text, with room round it. */
const form = `<style>body{margin:0;font:16px/1.5 sans-serif}p{margin:0 0 12px}#box{width:60%;margin:120px auto;padding:30px;border:1px solid}
#tall{height:2500px}</style><h1 id=h>Order</h1><p id=p>The quick brown fox jumps over the lazy dog and goes on.</p>
<div id=box><label for=n>Name</label> <input id=n value=Ada> <button id=b>Pay now</button></div><div id=tall></div>`;

async function marked(html: string, policy: object = {}): Promise<Page> {
  const page = await mirroredPage(browser, html, policy);
  await page.evaluate(() => {
    window.marks = window.mirror.marks();
  });
  return page;
}

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 });
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
}

/** The middle of an element of the page. */
function middle(
  page: Page,
  selector: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  return page.evaluate((wanted) => {
    const { left, top, width, height } = (document.querySelector(wanted) as Element).getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2, width, height };
  }, selector);
}

/** Draws from the left top to the right bottom of an element, somewhat beyond it. */
async function drawRound(page: Page, side: Side, shape: string, selector: string): Promise<void> {
  await page.evaluate(
    ([who, what]) => window.marks.draw(who as Side, { shape: what as "circle" }),
    [side, shape],
  );
  const { x, y, width, height } = await middle(page, selector);
  // What an arrow is about is where it points.
  const end: [number, number] = shape === "arrow" ? [x, y] : [x + width / 2 + 8, y + height / 2 + 8];
  await drag(page, [x - width / 2 - 8, y - height / 2 - 8], end);
  await page.evaluate((who) => window.marks.set(who as Side, { drawing: false }), side);
  await quiet(page);
}

/** Both layers are in their places: what follows the page has settled. */
function quiet(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    await window.mirror.settle();
    let last = "";
    for (let same = 0; same < 5; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = JSON.stringify([window.marks.seen("agent"), window.marks.seen("customer")]);
      same = now === last ? same + 1 : 0;
      last = now;
    }
  });
}

function seen(page: Page, side: Side) {
  return page.evaluate((who) => window.marks.seen(who), side);
}

/** What is drawn, from the middle of the element it belongs to; equal on both sides. */
async function offsetFrom(page: Page, selector: string): Promise<[number, number]> {
  await quiet(page);
  const [agent, customer] = [await seen(page, "agent"), await seen(page, "customer")];
  expect(agent).toHaveLength(1);
  expect(near(agent)).toEqual(near(customer));
  const { x, y } = await middle(page, selector);
  const [mark] = customer;
  if (!mark) throw new Error("nothing is drawn");
  return [mark.x + mark.width / 2 - x, mark.y + mark.height / 2 - y];
}

/** To a tenth of a pixel: below that is the arithmetic of two layouts. */
function near<T extends object>(marks: T[]): object[] {
  return marks.map((mark) =>
    Object.fromEntries(
      Object.entries(mark).map(([key, value]) => [
        key,
        typeof value === "number" ? Math.round(value * 10) / 10 + 0 : value,
      ]),
    ),
  );
}

function close(offset: [number, number], to: [number, number]): void {
  expect(Math.abs(offset[0] - to[0])).toBeLessThan(0.6);
  expect(Math.abs(offset[1] - to[1])).toBeLessThan(0.6);
}

describe.each(sides)("what the %s draws", (side) => {
  test.each(["rectangle", "circle", "freehand", "arrow"])(
    "as %s stays on its element through scroll, resize and reflow, the same on both sides",
    async (shape) => {
      const page = await marked(form);
      await drawRound(page, side, shape, "#b");
      const before = await offsetFrom(page, "#b");
      await page.evaluate(() => scrollTo(0, 70));
      close(await offsetFrom(page, "#b"), before);
      await page.evaluate(() => {
        (document.getElementById("p") as HTMLElement).textContent = "longer ".repeat(400);
      });
      close(await offsetFrom(page, "#b"), before);
      await page.setViewportSize({ width: 700, height: 700 });
      close(await offsetFrom(page, "#b"), before);
      expect(await page.evaluate(() => window.mirror.errors)).toEqual([]);
      await page.close();
    },
  );

  test("follows an element that moves by a transition", async () => {
    const page = await marked(form);
    await drawRound(page, side, "rectangle", "#b");
    const before = await offsetFrom(page, "#b");
    await page.evaluate(() => {
      const button = document.getElementById("b") as HTMLElement;
      button.style.display = "inline-block";
      button.style.transition = "translate 300ms";
      button.getBoundingClientRect();
      button.style.translate = "90px 60px";
    });
    await page.locator("#b").evaluate((b) => Promise.all(b.getAnimations().map(({ finished }) => finished)));
    await quiet(page);
    close(await offsetFrom(page, "#b"), before);
    await page.close();
  });

  test("hides while its element is gone or scrolled out of its box, and comes back", async () => {
    const page = await marked(
      `<style>#s{height:200px;overflow:auto;margin:80px}#s div{height:90px}</style>
       <div id=s><div></div><button id=b>one</button><div></div><div></div><div></div></div>`,
    );
    await drawRound(page, side, "rectangle", "#b");
    const before = await offsetFrom(page, "#b");
    await page.evaluate(() => document.getElementById("s")?.scrollTo(0, 30));
    close(await offsetFrom(page, "#b"), before);
    await page.evaluate(() => document.getElementById("s")?.scrollTo(0, 180));
    await quiet(page);
    expect([await seen(page, "agent"), await seen(page, "customer")]).toEqual([[], []]);
    await page.evaluate(() => document.getElementById("s")?.scrollTo(0, 0));
    close(await offsetFrom(page, "#b"), before);
    await page.evaluate(() => {
      (document.getElementById("b") as HTMLElement).style.display = "none";
    });
    await quiet(page);
    expect([await seen(page, "agent"), await seen(page, "customer")]).toEqual([[], []]);
    await page.close();
  });

  test("hangs on elements inside shadow roots and frames", async () => {
    const page = await marked(
      `<div id=host style="margin:60px"></div><iframe id=f style="margin:20px;width:300px;height:150px" srcdoc="<button style='margin:30px'>in</button>"></iframe>`,
    );
    await page.evaluate(async () => {
      const root = (document.getElementById("host") as HTMLElement).attachShadow({ mode: "open" });
      root.innerHTML = "<button>shadow</button>";
      await window.mirror.settle();
    });
    const places = await page.evaluate(() => {
      const frame = document.getElementById("f") as HTMLIFrameElement;
      const outer = frame.getBoundingClientRect();
      const framed = frame.contentDocument as Document;
      const inner = (framed.querySelector("button") as Element).getBoundingClientRect();
      const shadow = document.getElementById("host")?.shadowRoot?.querySelector("button") as Element;
      const box = shadow.getBoundingClientRect();
      return [
        [box.left, box.top, box.right, box.bottom],
        [
          inner.left + outer.left + 2,
          inner.top + outer.top + 2,
          inner.right + outer.left + 2,
          inner.bottom + outer.top + 2,
        ],
      ] as [number, number, number, number][];
    });
    for (const [left, top, right, bottom] of places) {
      await page.evaluate((who) => window.marks.draw(who as Side, { shape: "rectangle" }), side);
      await drag(page, [left - 5, top - 5], [right + 5, bottom + 5]);
      await page.evaluate((who) => window.marks.set(who as Side, { drawing: false }), side);
    }
    await quiet(page);
    const customer = await seen(page, "customer");
    expect(near(await seen(page, "agent"))).toEqual(near(customer));
    // Two and a half pixels of stroke lie outside of what was drawn.
    const drawn = places.map(([left, top]) => [Math.round(left - 5), Math.round(top - 5)]);
    expect(customer.map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual(drawn);
    await page.close();
  });

  test("is written as a note, removed by one click, taken back by undo and cleared", async () => {
    const page = await marked(form);
    await page.evaluate((who) => window.marks.draw(who as Side, { shape: "text" }), side);
    const { x, y } = await middle(page, "#box");
    await page.mouse.click(x, y + 20);
    await page.keyboard.type("Here, please");
    await page.keyboard.press("Enter");
    await page.evaluate((who) => window.marks.set(who as Side, { drawing: false }), side);
    await quiet(page);
    const [note] = await seen(page, side === "agent" ? "customer" : "agent");
    expect(note?.kind).toBe("text");
    await page.mouse.click((note?.x ?? 0) + 20, (note?.y ?? 0) + 10);
    await quiet(page);
    expect([await seen(page, "agent"), await seen(page, "customer")]).toEqual([[], []]);
    for (const selector of ["#b", "#n", "label"]) await drawRound(page, side, "rectangle", selector);
    await page.evaluate((who) => window.marks.engines[who as Side].undo(), side);
    await quiet(page);
    expect([(await seen(page, "agent")).length, (await seen(page, "customer")).length]).toEqual([2, 2]);
    await page.evaluate((who) => window.marks.engines[who as Side].clear("annotations"), side);
    await quiet(page);
    expect([await seen(page, "agent"), await seen(page, "customer")]).toEqual([[], []]);
    await page.close();
  });

  test("does not operate the page beneath", async () => {
    const page = await marked(form);
    await page.evaluate(() => {
      window.mirror.replica.setControl(true);
      const hits: string[] = [];
      for (const type of ["pointerdown", "mousedown", "click"])
        document.getElementById("b")?.addEventListener(type, () => hits.push(type));
      Object.assign(window, { hits });
    });
    await drawRound(page, side, "freehand", "#b");
    await page.evaluate((who) => window.marks.draw(who as Side, { shape: "freehand" }), side);
    const { x, y } = await middle(page, "#b");
    await page.mouse.click(x, y);
    await quiet(page);
    expect(await page.evaluate(() => (window as unknown as { hits: string[] }).hits)).toEqual([]);
    await page.close();
  });

  test("can be drawn by keys and left by Escape", async () => {
    const page = await marked(form);
    await page.evaluate((who) => window.marks.draw(who as Side, { shape: "rectangle" }), side);
    await page.keyboard.press("Enter");
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await quiet(page);
    const [mark] = await seen(page, side);
    expect([Math.round(mark?.width ?? 0), Math.round(mark?.height ?? 0)]).toEqual([100, 20]);
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => window.marks.left())).toBe(1);
    await page.close();
  });

  test("fades by itself when it shall, and a laser's trail at once", async () => {
    const page = await marked(form);
    await page.evaluate((who) => window.marks.draw(who as Side, { shape: "rectangle", fadeMs: 700 }), side);
    await drag(page, [200, 200], [300, 300]);
    await page.evaluate((who) => window.marks.draw(who as Side, { shape: "laser" }), side);
    await drag(page, [200, 400], [300, 300]);
    expect((await seen(page, "customer")).map(({ kind }) => kind)).toContain("laser");
    await page.waitForFunction(
      () => window.marks.seen("customer").length === 0 && window.marks.seen("agent").length === 0,
    );
    await page.close();
  });
});

describe("highlights and markers", () => {
  test("an agent without control points at an element by a click and marks text by a drag", async () => {
    const page = await marked(form);
    const { x, y, width, height } = await middle(page, "#n");
    await page.evaluate(() => {
      (document.querySelector(".copane-surface") as HTMLElement).style.pointerEvents = "auto";
    });
    await page.mouse.click(x, y);
    await quiet(page);
    const [element] = await seen(page, "customer");
    expect(element?.kind).toBe("element");
    expect(Math.round(element?.width ?? 0)).toBe(Math.round(width + 8));
    expect(Math.round(element?.height ?? 0)).toBe(Math.round(height + 8));
    const text = await middle(page, "#p");
    await drag(page, [4, text.y], [150, text.y]);
    await quiet(page);
    const highlighted = (await seen(page, "customer")).find(({ kind }) => kind === "selection");
    expect(Math.abs((highlighted?.x ?? 0) + (highlighted?.width ?? 0) - 150)).toBeLessThan(12);
    expect(near(await seen(page, "agent"))).toEqual(near(await seen(page, "customer")));
    await page.waitForFunction(() => window.marks.said.length > 0);
    await page.close();
  });

  test("a marker of either side stays on its words when they break into other lines", async () => {
    const page = await marked(form);
    await page.evaluate(() => {
      (document.querySelector(".copane-surface") as HTMLElement).style.pointerEvents = "auto";
      window.marks.set("agent", { marker: true });
    });
    const { y } = await middle(page, "#p");
    await drag(page, [40, y], [180, y]);
    await page.evaluate(() => {
      window.marks.set("agent", { marker: false });
      window.marks.set("customer", { marker: true });
      const words = document.getElementById("p")?.firstChild as Text;
      document.getSelection()?.setBaseAndExtent(words, 20, words, 40);
      dispatchEvent(new KeyboardEvent("keyup"));
    });
    await quiet(page);
    expect((await seen(page, "agent")).map(({ owner }) => owner)).toEqual([1, 0]);
    await page.evaluate(() => {
      (document.getElementById("p") as HTMLElement).style.width = "120px";
    });
    await quiet(page);
    const both = [await seen(page, "agent"), await seen(page, "customer")] as const;
    expect(near(both[0])).toEqual(near(both[1]));
    expect(both[0][1]?.height).toBeGreaterThan(30);
    await page.close();
  });

  test("the customer's selection and clicks are shown to the agent in the highlight's colour", async () => {
    const page = await marked(form);
    await page.evaluate(() => {
      window.marks.set("customer", { highlightColor: "lime" });
      document.getSelection()?.selectAllChildren(document.getElementById("p") as Element);
    });
    const { x, y } = await middle(page, "#b");
    await page.waitForFunction(() => window.marks.seen("agent").some(({ kind }) => kind === "selection"));
    expect(await seen(page, "customer")).toEqual([]);
    const fill = await page.evaluate(() =>
      document.querySelector("[data-mark=selection] rect")?.getAttribute("fill"),
    );
    expect(fill).toBe("#00ff00");
    await page.mouse.click(x, y);
    await page.waitForFunction(() => window.marks.seen("agent").some(({ kind }) => kind === "element"));
    await page.close();
  });
});

describe("privacy and bounds", () => {
  const secret = `<style>body{margin:20px;font:16px sans-serif}</style><p id=open>open words</p>
    <p id=m class=avcobrowse-mask>TOPSECRET words</p><button id=k class=avcobrowse-block>blocked words</button>
    <p id=hid class=avcobrowse-hide>HIDDEN words</p><label for=w>Password</label><input id=w type=password value=x>`;

  /** Mirror ids as the wire has them, found by forging: highest id that answers. */
  async function idOf(page: Page, selector: string, text: boolean): Promise<number> {
    return page.evaluate(
      ([wanted, inner]) => {
        const element = document.querySelector(wanted as string) as Element;
        return window.mirror.capture.nearestId(inner ? element.firstChild : element);
      },
      [selector, text] as const,
    );
  }

  test("text that is masked, blocked or hidden cannot be marked by a forged frame", async () => {
    const page = await marked(secret);
    const open = await idOf(page, "#open", true);
    const results: Record<string, number> = {};
    for (const selector of ["#open", "#m", "#k", "#hid"]) {
      const id = await idOf(page, selector, true);
      // put, marker, owner, key, colour, fade, anchor, start, end anchor, end
      await page.evaluate(([start, end, key]) => window.marks.forge([0, 6, 1, key, 0, 0, start, 0, end, 4]), [
        open,
        id,
        50 + Object.keys(results).length,
      ] as const);
      await quiet(page);
      results[selector] = (await seen(page, "customer")).length;
      await page.evaluate(() => window.marks.engines.customer.present(new Set([0])));
    }
    expect(results).toEqual({ "#open": 1, "#m": 0, "#k": 0, "#hid": 0 });
    await page.close();
  });

  test("a masked or blocked field can be pointed at, without its name; a hidden one cannot", async () => {
    const page = await marked(secret);
    for (const [index, selector] of ["#w", "#k", "#m"].entries()) {
      const id = await idOf(page, selector, false);
      await page.evaluate(([anchor, key]) => window.marks.forge([0, 8, 1, key, 0, 0, anchor]), [
        id,
        index,
      ] as const);
      await page.waitForFunction((count) => window.marks.said.length > count, index);
    }
    const said = await page.evaluate(() => window.marks.said.map(({ name }) => name ?? null));
    expect(said).toEqual([null, null, null]);
    const before = (await seen(page, "customer")).length;
    const hidden = await idOf(page, "#hid", false);
    await page.evaluate((id) => window.marks.forge([0, 8, 1, 9, 0, 0, id]), hidden);
    await page.evaluate(() => window.marks.forge([0, 8, 1, 10, 0, 0, 1]));
    await quiet(page);
    expect((await seen(page, "customer")).length).toBe(before);
    await page.close();
  });

  test("a selection of the customer that ends in masked text ends before it on the wire", async () => {
    const page = await marked(secret);
    await page.evaluate(() => {
      const from = document.getElementById("open")?.firstChild as Text;
      const to = document.getElementById("m")?.firstChild as Text;
      document.getSelection()?.setBaseAndExtent(from, 5, to, 9);
    });
    await page.waitForFunction(() => window.marks.wire.length > 0);
    const open = await idOf(page, "#open", true);
    const frames = await page.evaluate(() => window.marks.wire.map(({ payload }) => [...payload]));
    // Up to the end of the line break between the two.
    expect(frames.at(-1)?.slice(-4)).toEqual([open, 5, open + 1, 5]);
    await page.evaluate(() => {
      document.getSelection()?.selectAllChildren(document.getElementById("m") as Element);
    });
    await page.waitForFunction(() => window.marks.seen("agent").length === 0);
    await page.close();
  });

  test("an agent removes and clears only its own, whatever owner its frames name", async () => {
    const page = await marked(form);
    await drawRound(page, "customer", "rectangle", "#b");
    await page.evaluate(() => {
      window.marks.forge([3, 0, 0]);
      const [frame] = window.marks.wire.filter(({ payload }) => payload[0] === 0);
      // remove, owner 0, the customer's key as it stands in the put
      if (frame) window.marks.forge([2, 0, ...frame.payload.slice(3, 8)]);
    });
    await quiet(page);
    expect((await seen(page, "customer")).length).toBe(1);
    await page.close();
  });

  test("one participant's marks are bounded: the oldest makes room", async () => {
    const page = await marked(form);
    await page.evaluate(() => {
      const varint = (value: number): number[] =>
        value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
      const id = window.mirror.capture.nearestId(document.getElementById("b"));
      for (let key = 100; key < 400; key++)
        window.marks.forge([0, 8, 1, ...varint(key), 0, 0, ...varint(id)]);
    });
    await quiet(page);
    expect((await seen(page, "customer")).length).toBe(200);
    expect((await seen(page, "agent")).length).toBe(200);
    await page.close();
  });

  test("what is hidden here stays on the other side", async () => {
    const page = await marked(form);
    await drawRound(page, "agent", "rectangle", "#b");
    await page.evaluate(() => window.marks.set("customer", { hidden: new Set(["agent annotations"]) }));
    await quiet(page);
    expect([(await seen(page, "customer")).length, (await seen(page, "agent")).length]).toEqual([0, 1]);
    await page.evaluate(() => window.marks.set("customer", { hidden: new Set() }));
    await quiet(page);
    expect((await seen(page, "customer")).length).toBe(1);
    await page.close();
  });
});

test("what is marked in a modal dialog of the page is seen over it", async () => {
  const page = await marked("<dialog id=d><button id=b>Agree</button></dialog><p>behind</p>");
  await page.evaluate(async () => {
    (document.getElementById("d") as HTMLDialogElement).showModal();
    await window.mirror.settle();
    const id = window.mirror.capture.nearestId(document.getElementById("b"));
    window.marks.forge([0, 8, 1, 3, 0, 0, id]);
  });
  await quiet(page);
  expect((await seen(page, "customer")).map(({ kind }) => kind)).toEqual(["element"]);
  const raised = () =>
    page.evaluate(() => document.getElementById("customer-layer")?.matches(":popover-open"));
  expect(await raised()).toBe(true);
  await page.evaluate(() => (document.getElementById("d") as HTMLDialogElement).close());
  await quiet(page);
  expect(await raised()).toBe(false);
  await page.close();
});

test("marks cost nothing while the page is still, and a whole set brings a late viewer up to date", async () => {
  const page = await marked(form);
  await drawRound(page, "customer", "circle", "#b");
  await page.waitForTimeout(400);
  const frames = await page.evaluate(async () => {
    let count = 0;
    const real = window.requestAnimationFrame;
    window.requestAnimationFrame = (run) => {
      count++;
      return real.call(window, run);
    };
    await new Promise((resolve) => setTimeout(resolve, 500));
    window.requestAnimationFrame = real;
    return count;
  });
  expect(frames).toBe(0);
  const before = await seen(page, "agent");
  await page.evaluate(() => {
    // A viewer that lost everything, and a page that was captured anew meanwhile.
    window.marks.engines.agent.receive(0, new Uint8Array([4, 0]));
    window.mirror.capture.resync();
  });
  await quiet(page);
  expect(await seen(page, "agent")).toEqual([]);
  await page.evaluate(() => window.marks.engines.agent.sync());
  await quiet(page);
  expect(near(await seen(page, "agent"))).toEqual(near(before));
  await page.close();
});
