import { describe, expect, test } from "vitest";
import { engineNames } from "../../../../scripts/drivers/index.ts";
import { enginePairs } from "../testing/engine-pairs.ts";
import type { Pair } from "../testing/pair.ts";

/** What browsers do for a person's hand alone, and no event of a script brings about. */
describe.each(engineNames)("the agent's hand in %s", (name) => {
  const openPair = enginePairs(name);
  let pair: Pair;
  const open = async (html: string, policy = {}) => {
    pair = await openPair(html, policy);
  };
  const click = async (at: [number, number]) => {
    await pair.agent.mouse.click(at);
    await pair.settle();
  };
  /** Which of the elements are open. */
  const opened = () =>
    pair.customer.evaluate(() =>
      [...document.querySelectorAll("[popover]:popover-open,dialog[open]")].map(({ id }) => id).join(),
    );

  const popovers = `<style>[popover]{inset:auto;margin:0;width:100px;height:40px}#a{left:10px;top:60px}#b{left:10px;top:120px}#m{left:10px;top:200px}</style>
    <button id=o popovertarget=a>a</button><div popover id=a>a<button id=p popovertarget=b>b</button><div popover id=b>b</div></div>
    <div popover=manual id=m>m</div>`;

  test("a click beside popovers closes them, one in them does not, and their button does once", async () => {
    await open(popovers);
    await pair.customer.evaluate(() => (document.querySelector("#m") as HTMLElement).showPopover());
    await click(await pair.at("#o"));
    await click(await pair.at("#p"));
    expect(await opened()).toBe("a,b,m");
    await click([20, 150]);
    expect(await opened()).toBe("a,b,m");
    await click([90, 90]);
    expect(await opened()).toBe("a,m");
    await click(await pair.at("#o"));
    expect(await opened()).toBe("m");
    await click(await pair.at("#o"));
    await click([400, 400]);
    expect(await opened()).toBe("m");
  });

  test("what the agent may not operate stays open", async () => {
    await open(popovers, { customerOnly: ["#a"] });
    await pair.customer.evaluate(() => (document.querySelector("#a") as HTMLElement).showPopover());
    await pair.settle();
    await click([400, 400]);
    expect(await opened()).toBe("a");
  });

  test("dialogs that say so are closed by a click beside them, Escape closes what is on top", async () => {
    await open(
      `<style>dialog{inset:auto;margin:0;left:10px;width:100px;height:40px}#d{top:20px}#e{top:120px}</style>
       <dialog id=d closedby=any>d</dialog><dialog id=e>e<div popover id=f>f</div></dialog><dialog id=g closedby=none>g</dialog>`,
    );
    const show = (id: string) =>
      pair.customer.evaluate(
        (wanted) => (document.getElementById(wanted) as HTMLDialogElement).showModal(),
        id,
      );
    await show("d");
    await pair.settle();
    await click([50, 40]);
    expect(await opened()).toBe("d");
    await click([400, 400]);
    expect(await opened()).toBe("");
    await show("e");
    await pair.customer.evaluate(() => (document.querySelector("#f") as HTMLElement).showPopover());
    await pair.settle();
    await pair.agent.press("Escape");
    await pair.settle();
    expect(await opened()).toBe("e");
    await click([400, 400]);
    expect(await opened()).toBe("e");
    await pair.agent.press("Escape");
    await pair.settle();
    expect(await opened()).toBe("");
    await show("g");
    await pair.settle();
    await pair.agent.press("Escape");
    await pair.settle();
    expect(await opened()).toBe("g");
  });

  test("menus and tips that open by :hover open, and the page is as it was when the pointer has left", async () => {
    // The customer's own pointer is in the corner.
    await open(
      `<style>body{margin:20px}ul{display:none;margin:0}nav{width:200px;height:30px;margin:30px}@media all{nav:hover>ul,nav:focus-within>ul{display:block}}
         li:hover{margin-left:44px}.tip:hover::after{content:"tip"}nav:not(:hover){color:red}</style>
       <nav id=n>menu<ul><li id=i onclick="document.title='chosen'">item</ul></nav><p id=t class=tip style="margin-top:100px">x</p>`,
    );
    const before = await pair.customer.evaluate(() => document.body.innerHTML);
    await pair.agent.mouse.move(await pair.at("#n", [30, 15]));
    await pair.settle();
    const shown = () =>
      pair.customer.evaluate(() => [
        getComputedStyle(document.querySelector("ul") as Element).display,
        getComputedStyle(document.querySelector("#i") as Element).marginLeft,
        getComputedStyle(document.querySelector("#t") as Element, "::after").content,
      ]);
    expect(await shown()).toEqual(["block", "0px", "none"]);
    await pair.agent.mouse.move(await pair.at("#i"));
    await pair.settle();
    expect(await shown()).toEqual(["block", "44px", "none"]);
    await click(await pair.at("#i"));
    expect(await pair.customer.evaluate(() => document.title)).toBe("chosen");
    await pair.agent.mouse.move(await pair.at("#t"));
    await pair.settle();
    expect(await shown()).toEqual(["none", "0px", '"tip"']);
    // The sheet that says so is not the page's: viewers have their own way to show it.
    expect(
      await pair.agent.evaluate(() => {
        const { contentDocument } = document.querySelector("iframe") as HTMLIFrameElement;
        return [
          contentDocument?.adoptedStyleSheets.length,
          contentDocument?.querySelector("[data-copane-pointed]"),
        ];
      }),
    ).toEqual([1, null]);
    await pair.customer.evaluate(() => window.side.stop());
    expect(
      await pair.customer.evaluate(() => [document.body.innerHTML, document.adoptedStyleSheets.length]),
    ).toEqual([before, 0]);
  });

  // Firefox stops at what scrolls even where something in it takes the focus.
  test.runIf(name !== "firefox")(
    "Tab stops at what scrolls and has nothing in it that takes the focus, where the browser does",
    async () => {
      await open(
        `<button id=a>a</button><div id=s style="overflow:auto;height:40px;width:90px"><p style="height:300px">long</div>
       <div style="overflow:auto;height:40px"><p style="height:300px"><button id=b>b</button></div><button id=c>c</button>`,
      );
      const order = async (press: (key: string) => Promise<unknown>) => {
        const found: string[] = [];
        await pair.customer.evaluate(() => document.getElementById("a")?.focus());
        for (let i = 0; i < 3; i++) {
          await press("Tab");
          await pair.settle();
          found.push(await pair.customer.evaluate(() => document.activeElement?.id ?? ""));
        }
        return found;
      };
      await click(await pair.at("#a"));
      const byAgent = await order((key) => pair.agent.press(key));
      expect(byAgent).toEqual(await order((key) => pair.customer.press(key)));
    },
  );
});
