import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { closeAllPages, launchChromium, sharedChromium } from "../testing/browser.ts";
import { byHand, TwoPages } from "../testing/two-pages.ts";
import { encodeInput } from "./wire.ts";

let browser: Browser;
let pages: TwoPages;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterEach(() => pages.close());
afterAll(() => closeAllPages(browser));

const refused = (reason: string) => ({ kind: "refused", reason });

function value(selector: string): Promise<string> {
  return pages.customer.locator(selector).inputValue();
}

/** What stands selected, in a field or the document. */
function selected(): Promise<string> {
  return pages.customer.evaluate(() => {
    const field = document.activeElement as HTMLInputElement | null;
    if (field && "selectionStart" in field && field.selectionStart !== null) {
      return field.value.slice(field.selectionStart, field.selectionEnd ?? 0);
    }
    return getSelection()?.toString() ?? "";
  });
}

const styled =
  "<style>body{font:16px/20px monospace}p{margin:0}input,textarea{font:inherit;padding:0;border:0;margin:0}</style>";

describe("selecting text", () => {
  const cases: [name: string, html: string, act: (page: Page) => Promise<unknown>, expected: string][] = [
    ["a double click takes the word", "<p>hello world foo</p>", (p) => p.mouse.dblclick(80, 10), "world"],
    [
      "a third click takes the paragraph",
      "<p>hello world foo</p><p>next</p>",
      (p) => p.mouse.click(80, 10, { clickCount: 3 }),
      "hello world foo",
    ],
    ["drawing selects", "<p>hello world foo</p>", (p) => draw(p, [0, 10], [48, 10]), "hello"],
    [
      "Shift and a click selects up to there",
      "<p>hello world foo</p>",
      async (p) => {
        await p.mouse.click(0, 10);
        await p.keyboard.down("Shift");
        await p.mouse.click(48, 10);
        await p.keyboard.up("Shift");
      },
      "hello",
    ],
    [
      "drawing selects in a field",
      "<input value='hello world foo'>",
      (p) => draw(p, [58, 10], [107, 10]),
      "world",
    ],
    [
      "a double click takes the word of a field",
      "<input value='hello world foo'>",
      (p) => p.mouse.dblclick(80, 10),
      "world",
    ],
    [
      "arrows with Shift and Control select words",
      "<input value='hello world foo'>",
      async (p) => {
        await p.mouse.click(30, 10);
        for (const key of ["Home", "Shift+Control+ArrowRight", "Shift+ArrowLeft"])
          await p.keyboard.press(key);
      },
      "hell",
    ],
    [
      "what the page forbids to select is not selected",
      "<p style='user-select:none'>hello world foo</p>",
      (p) => p.mouse.dblclick(80, 10),
      "",
    ],
  ];

  test.each(cases)("%s", async (_name, html, act, expected) => {
    pages = await TwoPages.open(browser, styled + html);
    await act(pages.agent);
    await pages.settle();
    expect((await selected()).trim()).toBe(expected);
  });
});

/** The next press is not a further one of the same click: so long a browser counts them together. */
function beyondDoubleClick(): Promise<void> {
  return pages.agent.waitForTimeout(600);
}

async function draw(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, to[1]);
  await page.waitForTimeout(60);
  await page.mouse.move(...to);
  await page.waitForTimeout(60);
  await page.mouse.up();
}

describe("drag and drop", () => {
  const html = `<div id=a draggable=true style='width:100px;height:50px' ondragstart='event.dataTransfer.setData("text/plain","card")'>A</div>
    <div id=c style='width:100px;height:50px' ondragover='event.preventDefault();event.dataTransfer.dropEffect="move"'
    ondrop='this.textContent=event.dataTransfer.getData("text/plain")'>C</div><div id=n style='width:100px;height:50px'>N</div>`;
  const act = async (page: Page) => {
    await page.mouse.move(20, 25);
    await page.mouse.down();
    for (const [x, y] of [
      [22, 30],
      [20, 75],
      [24, 80],
    ] as const) {
      await page.mouse.move(x, y);
      await page.waitForTimeout(80);
    }
    await page.mouse.up();
  };
  /** Browsers repeat these as long as nothing moves. */
  const once = (events: string[]) =>
    events
      .map((line) => line.split(" ", 2).join(" "))
      .filter((line) => !/^(drag|dragover) /.test(line) && !/^(pointer|mouse)(over|enter|move)/.test(line));

  test("the page gets the events of a drag in their order, and the data", async () => {
    const [real, pair] = await Promise.all([byHand(browser, html, act), TwoPages.open(browser, html)]);
    pages = pair;
    await act(pages.agent);
    await pages.settle();
    expect(once(await pages.events())).toEqual(once(real));
    expect(await pages.customer.locator("#c").textContent()).toBe("card");
  });

  test("a drop where nothing takes it ends the drag with no effect", async () => {
    pages = await TwoPages.open(browser, html);
    await pages.customer.evaluate(() => {
      document.getElementById("a")?.addEventListener("dragend", (event) => {
        document.title = `effect ${event.dataTransfer?.dropEffect}`;
      });
    });
    await draw(pages.agent, [20, 25], [20, 125]);
    await pages.settle();
    expect(await pages.customer.title()).toBe("effect none");
  });
});

describe("touch", () => {
  const button = "<div id=d><button id=b style='width:200px;height:50px'>x</button></div>";

  test("a tap of the agent's finger is a tap for the page", async () => {
    const act = (page: Page) => page.touchscreen.tap(50, 20);
    const hasTouch = { hasTouch: true };
    const windowed = await launchChromium([], { windowed: true });
    onTestFinished(() => windowed.close());
    const [real, pair] = await Promise.all([
      byHand(windowed, button, act, hasTouch),
      TwoPages.open(windowed, button, { customer: hasTouch, agent: hasTouch }),
    ]);
    pages = pair;
    await act(pages.agent);
    await pages.settle();
    // What a browser leaves open here: whether the page can prevent a touch that nobody listens to.
    const plain = (events: string[]) =>
      events.map((line) => line.replace(/^(touch.*) cancelable=true$/, "$1"));
    expect(plain(await pages.events())).toEqual(plain(real));
  });

  test("on a phone the agent's mouse click is a tap", async () => {
    pages = await TwoPages.open(browser, button, { customer: { hasTouch: true, isMobile: true } });
    await pages.agent.mouse.click(50, 20);
    await pages.settle();
    const types = (await pages.events()).map((line) => line.split(" ")[0]);
    expect(types).toContain("touchstart");
    expect(types.filter((type) => type === "click")).toHaveLength(1);
    expect(types).not.toContain("pointermove");
  });

  test("a finger that draws scrolls the page, and is no click", async () => {
    pages = await TwoPages.open(browser, `${button}<div style='height:3000px'></div>`, {
      customer: { hasTouch: true },
      agent: { hasTouch: true },
    });
    await swipe(pages.agent, [60, 400], [60, 100]);
    await pages.settle();
    expect(await pages.customer.evaluate(() => scrollY)).toBeGreaterThan(200);
    expect((await pages.events()).some((line) => line.startsWith("click"))).toBe(false);
  });

  test("a finger moves a slider", async () => {
    pages = await TwoPages.open(browser, "<input type=range id=r value=0 style='width:400px;margin:0'>", {
      agent: { hasTouch: true },
    });
    await swipe(pages.agent, [10, 8], [200, 8]);
    await pages.settle();
    expect(Number(await value("#r"))).toBeCloseTo(50, -1);
  });

  test("a finger that rests opens the page's own menu", async () => {
    pages = await TwoPages.open(browser, button, { agent: { hasTouch: true } });
    const touches = await finger(pages.agent);
    await touches("touchStart", 50, 20);
    // As long as a finger has to rest.
    await pages.agent.waitForTimeout(700);
    await touches("touchEnd");
    await pages.settle();
    const types = (await pages.events()).map((line) => line.split(" ")[0]);
    expect(types).toContain("contextmenu");
    expect(types).not.toContain("click");
  });
});

async function finger(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  return (type: "touchStart" | "touchMove" | "touchEnd", x?: number, y?: number) =>
    devtools.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: x === undefined || y === undefined ? [] : [{ x, y }],
    });
}

async function swipe(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const touches = await finger(page);
  await touches("touchStart", ...from);
  for (let i = 1; i <= 8; i++) {
    await touches("touchMove", from[0] + ((to[0] - from[0]) * i) / 8, from[1] + ((to[1] - from[1]) * i) / 8);
    await page.waitForTimeout(25);
  }
  await touches("touchEnd");
}

describe("form controls", () => {
  const pickers = [
    ["date", "2024-02-29"],
    ["time", "13:45"],
    ["month", "2024-02"],
    ["week", "2024-W09"],
    ["datetime-local", "2024-02-29T13:45"],
    ["color", "#ff8800"],
  ] as const;

  test.each(pickers)("a %s is picked in the agent's own browser", async (type, chosen) => {
    pages = await TwoPages.open(browser, `<input id=i type=${type} style='width:200px;height:30px'>`);
    await pages.agent.mouse.move(50, 15);
    const proxy = pages.agent.locator(`.copane-surface > input[type=${type}]`);
    await proxy.fill(chosen);
    await proxy.blur();
    await pages.settle();
    expect(await value("#i")).toBe(chosen);
    const types = (await pages.events()).map((line) => line.split(" ")[0]);
    expect(types).toContain("input");
    expect(types).toContain("change");
  });

  test("an arrow steps a date", async () => {
    pages = await TwoPages.open(browser, "<input id=x><input id=i type=date value=2020-01-31>");
    await pages.agent.mouse.click(30, 10);
    await pages.agent.keyboard.press("Tab");
    await pages.agent.keyboard.press("ArrowUp");
    await pages.settle();
    expect(await value("#i")).toBe("2020-02-01");
  });

  test("a suggestion of a list is chosen", async () => {
    pages = await TwoPages.open(
      browser,
      "<input id=i list=l style='width:200px;height:30px'><datalist id=l><option value=Oslo><option value=Rome></datalist>",
    );
    await pages.agent.mouse.move(190, 15);
    await pages.agent.locator(".copane-surface > select").selectOption({ index: 1 });
    await pages.settle();
    expect(await value("#i")).toBe("Rome");
  });

  test("a drop-down list is chosen from, but not what is disabled in it", async () => {
    pages = await TwoPages.open(
      browser,
      "<select id=i style='width:200px;height:30px'><option>a<option disabled>b<option>c</select>",
    );
    await pages.agent.mouse.move(50, 15);
    const proxy = pages.agent.locator(".copane-surface > select");
    expect(await proxy.locator("option:disabled").count()).toBe(1);
    await proxy.selectOption({ index: 2 });
    await pages.settle();
    expect(await value("#i")).toBe("c");
  });

  test("a range of a list box is selected with Shift", async () => {
    pages = await TwoPages.open(
      browser,
      "<select multiple id=s size=4 style='font:16px/20px monospace'><option>1<option>2<option>3<option>4</select>",
    );
    await pages.agent.mouse.click(10, 10);
    await pages.agent.keyboard.down("Shift");
    await pages.agent.mouse.click(10, 50);
    await pages.agent.keyboard.up("Shift");
    await pages.settle();
    const chosen = pages.customer.locator("#s");
    expect(
      await chosen.evaluate((s: HTMLSelectElement) => [...s.selectedOptions].map((o) => o.text)),
    ).toEqual(["1", "2", "3"]);
  });

  test("a number takes digits and steps", async () => {
    pages = await TwoPages.open(browser, "<input type=number id=i min=0 step=5>");
    await pages.agent.mouse.click(30, 10);
    await pages.agent.keyboard.press("Control+a");
    await pages.agent.keyboard.type("12");
    await pages.agent.keyboard.press("ArrowUp");
    await pages.settle();
    expect(await value("#i")).toBe("15");
  });

  test.each([
    ["the field itself", "<input type=file id=i style='width:300px;height:30px'>"],
    ["its label", "<label style='display:block;height:40px'>Choose<input type=file id=i hidden></label>"],
    [
      "a button that opens it",
      "<input type=file id=i hidden><button style='width:300px;height:40px' onclick='i.click()'>Choose</button>",
    ],
  ])("a file is refused, by %s, and the agent is told", async (_name, html) => {
    pages = await TwoPages.open(browser, html);
    let opened = false;
    pages.customer.on("filechooser", () => {
      opened = true;
    });
    await pages.agent.mouse.click(50, 15);
    await pages.settle();
    expect(await pages.notices()).toEqual([refused("file")]);
    expect(opened).toBe(false);
  });
});

describe("text that is dragged", () => {
  const fields = `${styled}<p id=p>hello world foo</p><input id=i value=abcdef><br><textarea id=t>xyz</textarea>
    <div id=r contenteditable>rich text</div>`;
  /** The middle of a word of the first paragraph, and places in the fields. */
  const at = async (selector: string, letters: number): Promise<[number, number]> => {
    const box = await pages.customer.locator(selector).boundingBox();
    return [(box?.x ?? 0) + letters * 9.6, (box?.y ?? 0) + 10];
  };
  const dragWord = async (to: [number, number]) => {
    await pages.agent.mouse.dblclick(...(await at("#p", 8)));
    await pages.settle();
    await beyondDoubleClick();
    await draw(pages.agent, await at("#p", 8), to);
    await pages.settle();
  };

  test("is inserted in the field it is dropped on, where the pointer is", async () => {
    pages = await TwoPages.open(browser, fields);
    await dragWord(await at("#i", 3));
    expect(await value("#i")).toBe("abcworlddef");
    expect(await selected()).toBe("world");
    expect(await pages.customer.locator("#p").textContent()).toBe("hello world foo");
    const seen = (await pages.events()).map((line) => line.split(" ").slice(0, 2).join(" "));
    for (const event of ["dragstart p", "drop i", "dragend p"]) expect(seen).toContain(event);
  });

  test("goes into a text area and an editable document too", async () => {
    pages = await TwoPages.open(browser, fields);
    await dragWord(await at("#t", 3));
    expect(await value("#t")).toBe("xyzworld");
    await beyondDoubleClick();
    await dragWord(await at("#r", 4));
    expect(await pages.customer.locator("#r").textContent()).toBe("richworld text");
  });

  test("is moved when it comes from a field", async () => {
    pages = await TwoPages.open(browser, fields);
    await pages.agent.mouse.click(...(await at("#i", 5.9)));
    for (const key of ["Home", "Shift+ArrowRight", "Shift+ArrowRight"]) await pages.agent.keyboard.press(key);
    await pages.settle();
    expect(await selected()).toBe("ab");
    await beyondDoubleClick();
    await draw(pages.agent, await at("#i", 1), await at("#t", 3));
    await pages.settle();
    expect([await value("#i"), await value("#t")]).toEqual(["cdef", "xyzab"]);
  });

  test("is the page's where it takes the drop itself, and stays where nothing takes it", async () => {
    pages = await TwoPages.open(
      browser,
      `${fields}<script>document.getElementById("i").addEventListener("drop", (event) => {
        event.preventDefault(); document.title = event.dataTransfer.getData("text/plain");
      })</script>`,
    );
    await dragWord(await at("#i", 3));
    expect([await value("#i"), await pages.customer.title()]).toEqual(["abcdef", "world"]);
  });

  test("a press on selected text that does not move puts the caret there", async () => {
    pages = await TwoPages.open(browser, fields);
    await pages.agent.mouse.dblclick(...(await at("#p", 8)));
    await pages.settle();
    await beyondDoubleClick();
    await pages.agent.mouse.click(...(await at("#p", 8)));
    await pages.settle();
    expect(await selected()).toBe("");
  });

  test("is not dragged when a part of it is masked, and is dropped on nothing that is blocked", async () => {
    pages = await TwoPages.open(
      browser,
      `${styled}<p id=p>hello <span class=avcobrowse-mask>12345</span> foo</p><input id=i>
       <div class=avcobrowse-block><input id=b></div>`,
    );
    await pages.customer.evaluate(() =>
      getSelection()?.selectAllChildren(document.getElementById("p") as Node),
    );
    await pages.settle();
    await draw(pages.agent, await at("#p", 1), await at("#i", 1));
    await pages.settle();
    expect(await value("#i")).toBe("");
    await pages.customer.evaluate(() => {
      const text = document.getElementById("p")?.firstChild as Text;
      getSelection()?.setBaseAndExtent(text, 0, text, 5);
    });
    await pages.settle();
    await beyondDoubleClick();
    await draw(pages.agent, await at("#p", 1), await at("#b", 1));
    await pages.settle();
    expect(await value("#b")).toBe("");
    expect(await pages.notices()).toContainEqual(refused("protected"));
    expect((await pages.events()).filter((line) => /^(dragover|drop) b/.test(line))).toEqual([]);
  });
});

describe("the agent's clipboard", () => {
  /** What a key puts into the agent's clipboard. */
  const taken = async (key: string): Promise<string[]> => {
    await pages.agent.evaluate(() => {
      const texts: string[] = [];
      Object.assign(window, { texts });
      for (const type of ["copy", "cut"] as const)
        addEventListener(type, (event) => texts.push(event.clipboardData?.getData("text/plain") ?? ""));
    });
    await pages.agent.keyboard.press(key);
    await pages.settle();
    return pages.agent.evaluate(() => (window as unknown as { texts: string[] }).texts);
  };

  test.each([
    ["a field", "<input id=i value='hello world'>", "#i"],
    ["a text area", "<textarea id=i>hello world</textarea>", "#i"],
    ["an editable document", "<div id=i contenteditable>hello world</div>", "#i"],
  ])("gets what is copied or cut in %s", async (_what, html, selector) => {
    pages = await TwoPages.open(browser, styled + html);
    await pages.agent.mouse.dblclick(80, 10);
    await pages.settle();
    expect(await taken("Control+c")).toEqual(["world"]);
    expect(await taken("Control+x")).toContain("world");
    const left = await pages.customer
      .locator(selector)
      .evaluate((field) => (field as HTMLInputElement).value ?? field.textContent);
    expect(left?.trim()).toBe("hello");
  });

  test("gets nothing of a masked field, nor of one where nothing is selected", async () => {
    pages = await TwoPages.open(
      browser,
      `${styled}<input id=i value='hello world'><br><input id=m class=avcobrowse-mask value=secret>`,
    );
    await pages.agent.mouse.click(80, 10);
    await pages.settle();
    expect(await taken("Control+x")).toEqual([""]);
    await pages.customer.locator("#m").selectText();
    await pages.settle();
    await pages.agent.evaluate(() => document.querySelector<HTMLElement>(".copane-keys")?.focus());
    expect((await taken("Control+c")).join("")).not.toContain("secret");
  });
});

test("what the customer selects in an iframe is shown there", async () => {
  pages = await TwoPages.open(browser, "<p id=p>above</p><iframe id=f srcdoc='<p>one two</p>'></iframe>");
  const select = (inside: boolean) =>
    pages.customer.evaluate((within) => {
      const inner = (document.querySelector("#f") as HTMLIFrameElement).contentDocument as Document;
      const root = within ? inner : document;
      const text = root.querySelector("p")?.firstChild as Text;
      root.getSelection()?.setBaseAndExtent(text, 0, text, 3);
    }, inside);
  const shown = () =>
    pages.agent.evaluate(() => {
      const frames = [...document.querySelectorAll("iframe")];
      const page = frames.find((frame) => frame.style.visibility !== "hidden")?.contentWindow as Window;
      return [page, page.frames[0] as Window].map((view) =>
        [...((view as typeof window).CSS.highlights.get("copane-selection") ?? [])].map(String).join(),
      );
    });
  await pages.agent
    .frameLocator("iframe:not([style*='visibility: hidden'])")
    .frameLocator("#f")
    .getByText("one two")
    .waitFor();
  await select(true);
  await expect.poll(shown, { timeout: 10_000 }).toEqual(["", "one"]);
  await select(false);
  await expect.poll(shown, { timeout: 10_000 }).toEqual(["abo", ""]);
});

describe("text that comes as a whole", () => {
  const paste = (text: string) =>
    pages.agent.evaluate((given) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", given);
      document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
    }, text);

  test("is pasted as text, in one line where there is one", async () => {
    pages = await TwoPages.open(browser, "<input id=i maxlength=12>");
    await pages.agent.mouse.click(30, 10);
    await paste("one\ntwo three four");
    await pages.settle();
    expect(await value("#i")).toBe("one two thre");
    expect((await pages.events()).some((line) => line.startsWith("paste i"))).toBe(true);
  });

  test("is the page's where it handles pasting itself", async () => {
    pages = await TwoPages.open(
      browser,
      "<input id=i onpaste='event.preventDefault();this.value=event.clipboardData.getData(`text/plain`).toUpperCase()'>",
    );
    await pages.agent.mouse.click(30, 10);
    await paste("iban");
    await pages.settle();
    expect(await value("#i")).toBe("IBAN");
  });

  test("comes from an input method when it is composed", async () => {
    pages = await TwoPages.open(browser, "<input id=i>");
    await pages.agent.mouse.click(30, 10);
    const devtools = await pages.agent.context().newCDPSession(pages.agent);
    await devtools.send("Input.imeSetComposition", { selectionStart: 2, selectionEnd: 2, text: "にほ" });
    await devtools.send("Input.insertText", { text: "日本" });
    await pages.settle();
    expect(await value("#i")).toBe("日本");
  });

  test("is what a virtual keyboard inserts and deletes without keys", async () => {
    pages = await TwoPages.open(browser, "<input id=i>");
    await pages.agent.mouse.click(30, 10);
    await pages.agent.keyboard.insertText("grün");
    await pages.agent.evaluate(() => document.execCommand("delete"));
    await pages.agent.evaluate(() =>
      document.activeElement?.dispatchEvent(
        new InputEvent("beforeinput", { inputType: "deleteContentBackward", cancelable: true }),
      ),
    );
    await pages.settle();
    expect(await value("#i")).toBe("grü");
  });
});

describe("what stays the customer's", () => {
  const form =
    "<form id=f onsubmit='document.title=`sent`;return false'><input id=i name=i style='height:30px'><button id=s style='width:100px;height:30px'>go</button></form>";

  test("a form is sent by the agent where the site does not say otherwise", async () => {
    pages = await TwoPages.open(browser, form);
    await pages.agent.mouse.click(30, 10);
    await pages.agent.keyboard.press("Enter");
    await pages.settle();
    expect(await pages.customer.title()).toBe("sent");
  });

  test("a form is not sent by the agent where the site keeps that, by button, Enter or script", async () => {
    pages = await TwoPages.open(
      browser,
      `${form}<p><span id=x onclick='f.requestSubmit()' style='display:block;width:100px;height:40px'>send</span>`,
      {
        policy: { submit: "customer" },
      },
    );
    const { x, y } = (await pages.customer.locator("#s").boundingBox()) ?? { x: 0, y: 0 };
    await pages.agent.mouse.click(x + 10, y + 10);
    await beyondDoubleClick();
    await pages.agent.mouse.click(30, 10);
    await pages.agent.keyboard.press("Enter");
    await beyondDoubleClick();
    const script = (await pages.customer.locator("#x").boundingBox()) ?? { x: 0, y: 0 };
    await pages.agent.mouse.click(script.x + 10, script.y + 10);
    await pages.settle();
    expect(await pages.customer.title()).toBe("");
    expect(await pages.notices()).toEqual([refused("submit"), refused("submit"), refused("submit")]);
    // The customer's own press still sends it.
    await pages.customer.locator("#s").click();
    expect(await pages.customer.title()).toBe("sent");
  });

  test("an element that the site reserves is seen and not operated", async () => {
    pages = await TwoPages.open(
      browser,
      "<button id=pay style='width:200px;height:40px' onclick='document.title=`paid`'>Pay <b>now</b></button>",
      {
        policy: { customerOnly: ["#pay"] },
      },
    );
    await pages.agent.mouse.click(20, 20);
    await pages.settle();
    expect(await pages.customer.title()).toBe("");
    expect(await pages.notices()).toEqual([refused("reserved")]);
  });

  test("a password is typed by the customer only", async () => {
    pages = await TwoPages.open(
      browser,
      "<input type=password id=i style='width:200px;height:30px'><input id=j>",
    );
    await pages.agent.mouse.click(50, 10);
    await pages.agent.keyboard.type("x");
    await pages.settle();
    expect(await value("#i")).toBe("");
    expect(await pages.notices()).toContainEqual(refused("protected"));
  });

  test("moving over what is protected says nothing", async () => {
    pages = await TwoPages.open(browser, "<input type=password style='width:200px;height:30px'>");
    await pages.agent.mouse.move(50, 10);
    await pages.settle();
    expect(await pages.notices()).toEqual([]);
  });
});

describe("two hands", () => {
  const fields =
    "<input id=a style='width:200px;height:30px'><br><input id=b style='width:200px;height:30px'>";

  test("letters of customer and agent never mix in one field", async () => {
    pages = await TwoPages.open(browser, fields);
    await pages.agent.mouse.click(50, 15);
    await pages.agent.keyboard.type("AGENT", { delay: 20 });
    await pages.settle();
    await Promise.all([
      pages.customer.keyboard.type("customer writes", { delay: 40 }),
      pages.agent.keyboard.type("AGENTAGENTAGENT", { delay: 40 }),
    ]);
    await pages.settle();
    const text = await value("#a");
    expect(text).toContain("customer writes");
    expect(text.replace("customer writes", "")).toMatch(/^(AGENT)*A?G?E?N?T?$/);
    expect(await pages.notices()).toContainEqual(refused("customerTyping"));
  });

  test("each types in an own field at once", async () => {
    pages = await TwoPages.open(browser, fields);
    await pages.customer.locator("#a").click();
    const customer = pages.customer.keyboard.type("the customer writes here", { delay: 40 });
    await expect.poll(() => value("#a"), { timeout: 10_000 }).toMatch(/^the/);
    await pages.agent.mouse.click(50, 50);
    await pages.agent.keyboard.type("the agent there", { delay: 30 });
    await customer;
    await pages.settle();
    expect(await value("#a")).toBe("the customer writes here");
    expect(await value("#b")).toBe("the agent there");
  });

  test("the agent's keys stay where the agent was when the customer goes elsewhere", async () => {
    pages = await TwoPages.open(browser, fields);
    await pages.agent.mouse.click(50, 15);
    await pages.agent.keyboard.type("one");
    await pages.settle();
    await pages.customer.locator("#b").click();
    await pages.agent.keyboard.type(" two");
    await pages.settle();
    expect(await value("#a")).toBe("one two");
    expect(await value("#b")).toBe("");
  });

  test("a field that the agent filled without the focus tells the page of its change", async () => {
    pages = await TwoPages.open(browser, fields);
    await pages.customer.locator("#a").click();
    await pages.customer.keyboard.type("x");
    await pages.agent.mouse.click(50, 50);
    await pages.agent.keyboard.type("y");
    await pages.agent.keyboard.press("Tab");
    await pages.settle();
    expect((await pages.events()).filter((line) => line.startsWith("change b"))).toHaveLength(1);
  });
});

test("a key types into the field that the page moves the focus to for it", async () => {
  pages = await TwoPages.open(browser, "<input id=a onkeydown='b.focus()'><input id=b>");
  await pages.agent.mouse.click(30, 10);
  await pages.agent.keyboard.press("x");
  await pages.settle();
  expect([await value("#a"), await value("#b")]).toEqual(["", "x"]);
});

test("a button that is held is let go when control ends", async () => {
  pages = await TwoPages.open(
    browser,
    "<button id=b style='width:200px;height:50px' onpointerdown='this.setPointerCapture(event.pointerId)'>x</button>",
  );
  await pages.agent.mouse.move(50, 20);
  await pages.agent.mouse.down();
  await pages.settle();
  await pages.customer.evaluate(() => window.side.stop());
  const types = (await pages.events()).map((line) => line.split(" ")[0]);
  expect(types).toContain("pointercancel");
  expect(
    await pages.customer.evaluate(() => /native code/.test(String(Element.prototype.setPointerCapture))),
  ).toBe(true);
});

test("the pages' own dialogs reach the agent while they stand, and the page sees no difference", async () => {
  pages = await TwoPages.open(browser, "<p>shop</p>");
  let noticesMeanwhile: unknown[] = [];
  pages.customer.on("dialog", async (dialog) => {
    await pages.agent.waitForFunction(() => window.side.notices.length > 0);
    noticesMeanwhile = await pages.notices();
    await dialog.accept("Oslo");
  });
  const long = "x".repeat(500);
  const answer = await pages.customer.evaluate((text) => prompt(text, "Rome"), long);
  await pages.settle();
  expect(answer).toBe("Oslo");
  expect(noticesMeanwhile).toEqual([{ kind: "dialog", dialog: "prompt", text: "x".repeat(200) }]);
  expect(await pages.notices()).toContainEqual({ kind: "dialogClosed" });
  const shape = await pages.customer.evaluate(() => [alert.name, alert.length, "prototype" in confirm]);
  expect(shape).toEqual(["alert", 0, false]);
  await pages.customer.evaluate(() => window.side.stop());
  expect(await pages.customer.evaluate(() => /native code/.test(String(alert)))).toBe(true);
});

test("so do the dialogs of iframes of the page's own origin, and of what they load later", async () => {
  const inner = (word: string) => `<button onclick='alert("${word}")'>${word}</button>`;
  pages = await TwoPages.open(browser, "<iframe id=f></iframe>");
  pages.customer.on("dialog", (dialog) => dialog.accept());
  for (const word of ["first", "second"]) {
    await pages.customer.evaluate((html) => {
      (document.querySelector("#f") as HTMLIFrameElement).srcdoc = html;
    }, inner(word));
    // Once the agent sees a frame's page it is followed.
    await pages.agent
      .frameLocator("iframe:not([style*='visibility: hidden'])")
      .frameLocator("#f")
      .getByText(word)
      .waitFor();
    await pages.customer.frameLocator("#f").getByText(word).click();
    await pages.agent.waitForFunction(
      (text) => window.side.notices.some((notice) => (notice as { text?: string }).text === text),
      word,
    );
  }
  const told = (await pages.notices()).filter((notice) => (notice as { kind: string }).kind === "dialog");
  expect(told).toHaveLength(2);
});

test("an editor knows of each move of the caret before the next key, though keys come in a bunch", async () => {
  pages = await TwoPages.open(browser, `${styled}<div id=e contenteditable>hello</div>`);
  await pages.agent.mouse.click(2, 10);
  await pages.settle();
  const keys = ["ArrowRight", "ArrowRight", "x", "ArrowRight", "y"].map((key) => [
    ...encodeInput({ kind: "key", phase: "down", key, code: "", modifiers: 0 }),
  ]);
  const seen = await pages.customer.evaluate(async (payloads) => {
    const carets: [known: number | undefined, real: number | undefined][] = [];
    let known = getSelection()?.focusOffset;
    document.addEventListener("selectionchange", () => {
      known = getSelection()?.focusOffset;
    });
    document.addEventListener("keydown", () => carets.push([known, getSelection()?.focusOffset]));
    for (const payload of payloads) window.side.receive("input", payload);
    while (carets.length < payloads.length) await new Promise((resolve) => setTimeout(resolve, 10));
    return carets;
  }, keys);
  expect(seen).toEqual([0, 1, 2, 3, 4].map((at) => [at, at]));
  expect(await pages.customer.locator("#e").textContent()).toBe("hexlylo");
});
