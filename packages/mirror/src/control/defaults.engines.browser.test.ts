import { describe, expect, test } from "vitest";
import { engineNames } from "../../../../scripts/drivers/index.ts";
import { enginePairs } from "../testing/engine-pairs.ts";
import type { Pair } from "../testing/pair.ts";

const refused = (reason: string) => ({ kind: "refused", reason });

/**
 * Engines carry out defaults of events that scripts dispatch, each of other ones. The agent's input acts once
 * in all.
 */
describe.each(engineNames)("what a key or button of the agent's does in %s", (name) => {
  const openPair = enginePairs(name);
  let pair: Pair;
  const open = async (html: string, policy = {}) => {
    pair = await openPair(html, policy);
  };
  /** Presses keys on what Tab leads to from a field of its own, and gives the events of the given types. */
  const press = async (html: string, keys: string[], types: string[]) => {
    await open(`<input id=first style='height:20px'>${html}`);
    await pair.agent.mouse.click(await pair.at("#first"));
    await pair.agent.press("Tab");
    await pair.settle();
    await pair.events();
    await pair.agent.press(...keys);
    await pair.settle();
    return heard(types);
  };
  const heard = async (types: string[]) =>
    (await pair.events())
      .map((line) => line.split(" ").slice(0, 2).join(" "))
      .filter((line) => types.includes(line.split(" ")[0] as string));

  const form = (button: string) =>
    `<form id=f onsubmit='document.title += "sent ";return false'><input id=i name=i value=x style='height:30px'>${button}</form>`;

  test.each([
    ["button is blocked", "<button id=s class=avcobrowse-block>go</button>", {}, "protected"],
    ["picture button is blocked", "<input type=image id=s class=avcobrowse-block>", {}, "protected"],
    ["button is the customer's", "<button id=s>go</button>", { customerOnly: ["#s"] }, "reserved"],
    ["site keeps sending", "<button id=s>go</button>", { submit: "customer" }, "submit"],
    ["site keeps sending, without a button", "", { submit: "customer" }, "submit"],
  ])("Enter sends no form whose %s", async (_what, button, policy, reason) => {
    await open(form(button), policy);
    await pair.agent.mouse.click(await pair.at("#i"));
    await pair.agent.press("Enter");
    await pair.settle();
    expect(await pair.customer.evaluate(() => document.title)).toBe("");
    expect(await heard(["submit"])).toEqual([]);
    expect((await pair.notices()).at(-1)).toEqual(refused(reason));
  });

  test("what the site keeps from the agent holds in all that an iframe loads", async () => {
    await open("<iframe id=f style='border:0;width:300px;height:200px'></iframe>", { submit: "customer" });
    const loads = ["another document", "the next", "one written over it", "one more"];
    for (const [index, load] of loads.entries()) {
      await pair.customer.evaluate(
        (name, written) => {
          const frame = document.getElementById("f") as HTMLIFrameElement;
          const html = `<form onsubmit='parent.document.title+="sent ${name} ";return false'><input name=i value=x
            style='position:fixed;left:0;top:60px;width:200px;height:40px'><button id=s
            style='position:fixed;left:0;top:0;width:200px;height:40px'>${name}</button></form>`;
          if (!written) frame.srcdoc = html;
          else {
            frame.contentDocument?.open();
            frame.contentDocument?.write(html);
            frame.contentDocument?.close();
          }
        },
        load,
        load.includes("written"),
      );
      await pair.agent.waitFor(
        (name) =>
          [...document.querySelectorAll("iframe")].some(({ contentDocument }) =>
            [...(contentDocument?.querySelectorAll("iframe") ?? [])].some((inner) =>
              inner.contentDocument?.body?.textContent?.includes(name),
            ),
          ),
        load,
      );
      await pair.agent.mouse.click(await pair.at("#f", [50, 80]));
      await pair.agent.press("Enter");
      await pair.settle();
      // What is refused twice in a moment is told once.
      await pair.customer.evaluate(() => new Promise((done) => setTimeout(done, 600)));
      await pair.agent.mouse.click(await pair.at("#f", [50, 20]));
      await pair.settle();
      expect(await pair.customer.evaluate(() => document.title), load).toBe("");
      expect(await pair.notices()).toEqual(Array(2 * (index + 1)).fill(refused("submit")));
      await pair.customer.evaluate(() => new Promise((done) => setTimeout(done, 600)));
    }
  });

  test.each([
    ["by its button", "<button id=s>go</button>", ["click s", "submit f"]],
    ["without a button", "", ["submit f"]],
  ])("Enter in a field sends its form once, %s", async (_how, button, events) => {
    await open(form(button));
    await pair.agent.mouse.click(await pair.at("#i"));
    await pair.settle();
    await pair.events();
    await pair.agent.press("Enter");
    await pair.settle();
    expect(await heard(["click", "submit"])).toEqual(events);
    expect(await pair.customer.evaluate(() => document.title)).toBe("sent");
    expect(await pair.notices()).toEqual([]);
  });

  test("Enter on a checkbox sends its form once and checks nothing", async () => {
    const html =
      "<form id=f onsubmit='return false'><input type=checkbox id=c><button id=s>go</button></form>";
    expect(await press(html, ["Enter"], ["click", "submit", "change"])).toEqual(["click s", "submit f"]);
  });

  test.each([
    ["a button", "<button id=b>x</button>", ["click b"]],
    ["a link", "<a id=b href='#there'>x</a>", ["click b"]],
    ["a summary", "<details id=d><summary id=b>x</summary>y</details>", ["click b"]],
    [
      "a submit button",
      "<form id=f onsubmit='return false'><button id=b>x</button></form>",
      ["click b", "submit f"],
    ],
  ])("Enter acts once on %s", async (_what, html, events) => {
    expect(await press(html, ["Enter"], ["click", "submit"])).toEqual(events);
  });

  test.each([
    ["a button", "<button id=b>x</button>", ["click b"]],
    ["a checkbox", "<input type=checkbox id=b>", ["click b", "input b", "change b"]],
    ["a summary", "<details id=d><summary id=b>x</summary>y</details>", ["click b"]],
    ["a link, where it does nothing", "<a id=b href='#there'>x</a>", []],
  ])("Space acts once on %s", async (_what, html, events) => {
    expect(await press(html, ["Space"], ["click", "input", "change"])).toEqual(events);
  });

  test("Space scrolls once", async () => {
    const html = "<p id=b tabindex=0>x</p><div style='height:5000px'></div>";
    await press(html, ["Space"], []);
    const scrolled = () => pair.customer.evaluate(() => scrollY / innerHeight);
    expect(await scrolled()).toBeCloseTo(0.875, 1);
    // Engines scroll smoothly: what one of them would do besides goes on for a while.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await scrolled()).toBeCloseTo(0.875, 1);
  });

  test.each([
    ["a key that the page prevents", "keypress", "Enter"],
    ["a key that the page prevents as it goes down", "keydown", "Enter"],
    ["a release that the page prevents", "keyup", "Space"],
  ])("%s does nothing, and the page alone prevented it", async (_what, type, key) => {
    await open("<input id=first><button id=b>x</button>");
    await pair.customer.evaluate((prevented) => {
      const states: boolean[] = [];
      Object.assign(window, { states });
      addEventListener(prevented, (event) => states.push(event.defaultPrevented), true);
      document.getElementById("b")?.addEventListener(prevented, (event) => event.preventDefault());
      addEventListener(prevented, (event) => states.push(event.defaultPrevented));
    }, type);
    await pair.agent.mouse.click(await pair.at("#first"));
    await pair.agent.press("Tab");
    await pair.settle();
    await pair.customer.evaluate(() => (window as unknown as { states: boolean[] }).states.splice(0));
    await pair.events();
    await pair.agent.press(key);
    await pair.settle();
    expect(await pair.customer.evaluate(() => (window as unknown as { states: boolean[] }).states)).toEqual([
      false,
      true,
    ]);
    expect(await heard(["click"])).toEqual([]);
  });

  test.each([
    ["stopPropagation", "event.stopPropagation()", 1],
    ["stopImmediatePropagation", "event.stopImmediatePropagation()", 1],
    ["cancelBubble", "event.cancelBubble = true", 1],
    ["stopPropagation and then preventDefault", "event.stopPropagation(); event.preventDefault()", 0],
    ["stopPropagation and then returnValue", "event.stopPropagation(); event.returnValue = false", 0],
    ["returning false", "return false", 0],
  ])("a page that stops the key by %s changes nothing else", async (_how, listener, clicks) => {
    const html = `<button id=b onkeypress='${listener}' onkeydown='event.stopPropagation()'>x</button>`;
    expect(await press(html, ["Enter"], ["click"])).toHaveLength(clicks);
  });

  test.each([
    ["a checkbox", "<input type=checkbox id=b style='width:30px;height:30px'>"],
    ["a link", "<a id=b href='#there'>xxxxx</a>"],
    ["a label", "<label id=b>xxxxx<input type=checkbox></label>"],
  ])("a middle click does to %s what no script asked for: nothing", async (_what, html) => {
    await open(html);
    await pair.agent.mouse.click(await pair.at("#b", [5, 5]), { button: "middle" });
    await pair.settle();
    expect(await heard(["click", "change", "auxclick"])).toEqual(["auxclick b"]);
    expect(await pair.customer.evaluate(() => location.hash)).toBe("");
  });

  test("a slider is let go with the agent's button", async () => {
    await open("<input type=range id=r value=0 style='width:400px;height:30px;margin:0'>");
    await pair.agent.mouse.drag([10, 15], [100, 15], [200, 15]);
    await pair.settle();
    const value = () =>
      pair.customer.evaluate(() => Number((document.querySelector("#r") as HTMLInputElement).value));
    expect(await value()).toBe(50);
    expect((await heard(["change"])).length).toBe(1);
    // The customer's own pointer passes over it.
    await pair.customer.mouse.move([350, 15]);
    await pair.customer.mouse.move([390, 200]);
    await pair.settle();
    expect(await value()).toBe(50);
  });

  test("a finger of the agent's taps, in browsers without touch too", async () => {
    await open("<button id=b style='width:100px;height:40px'>x</button>");
    await pair.customer.evaluate(() => {
      const place = { id: window.side.id("#b"), x: 0.5, y: 0.5, button: 0, clicks: 1, modifiers: 0 };
      for (const phase of ["down", "up"] as const)
        window.side.input({ kind: "pointer", phase, pointer: "touch", ...place });
    });
    expect(await heard(["pointerdown", "pointerup", "mousedown", "click"])).toEqual([
      "pointerdown b",
      "pointerup b",
      "mousedown b",
      "click b",
    ]);
    expect(await pair.customer.evaluate(() => window.side.errors)).toEqual([]);
  });

  test.each(["mouse", "touch"] as const)(
    "what is blocked hears nothing of a %s that ends over it",
    async (pointer) => {
      await open(
        "<div id=a style='width:100px;height:40px'>x</div><button id=s class=avcobrowse-block>go</button>",
      );
      await pair.customer.evaluate((kind) => {
        const place = { x: 0.5, y: 0.9, button: 0, clicks: 1, modifiers: 0, pointer: kind };
        window.side.input({ kind: "pointer", phase: "down", id: window.side.id("#a"), ...place });
        window.side.input({ kind: "pointer", phase: "up", id: window.side.id("#s"), ...place, y: 0 });
      }, pointer);
      expect((await pair.events()).filter((line) => / s /.test(line))).toEqual([]);
    },
  );

  test("a list box takes a press once", async () => {
    await open(
      "<select multiple id=m size=3 style='font:16px/20px monospace'><option>1<option>2<option>3</select>",
    );
    await pair.agent.mouse.click(await pair.at("#m", [8, 12]));
    await pair.settle();
    expect(
      await pair.customer.evaluate(() => (document.querySelector("#m") as HTMLSelectElement).value),
    ).toBe("1");
    expect(await heard(["change", "input"])).toEqual(["input m", "change m"]);
  });
});
