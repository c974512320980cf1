import { describe, expect, test } from "vitest";
import { engineNames } from "../../../../scripts/drivers/index.ts";
import { enginePairs } from "../testing/engine-pairs.ts";
import type { Pair } from "../testing/pair.ts";

const styled = "<style>*{font:16px/20px monospace;margin:0}input,textarea{padding:0;border:0}</style>";

/** The page listens at its document. */
const listening = `<script>window.edits = [];
  for (const type of ["beforeinput", "input", "change"]) document.addEventListener(type, () => edits.push(type), true);
</script>`;

describe.each(engineNames)("a text field under the agent's hands in %s", (name) => {
  const openPair = enginePairs(name);
  let pair: Pair;
  const open = async (html: string) => {
    pair = await openPair(styled + listening + html);
  };
  /** The types of the events about edits that the page's document has heard since this was asked last. */
  const edits = () =>
    pair.customer.evaluate(() => (window as unknown as { edits: string[] }).edits.splice(0));
  const selection = (selector: string) =>
    pair.customer.evaluate((wanted) => {
      const { selectionStart, selectionEnd } = document.querySelector(wanted) as HTMLInputElement;
      return [selectionStart, selectionEnd];
    }, selector);
  /** A place behind the given number of letters in a line of a field, in the middle of the line. */
  const letter = async (selector: string, letters: number, line = 0) => {
    const width = await pair.customer.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
      canvas.font = "16px monospace";
      return canvas.measureText("x".repeat(100)).width / 100;
    });
    return pair.at(selector, [letters * width + 1, line * 20 + 10]);
  };

  describe("tells of its change once", () => {
    const form = "<form onsubmit='return false'><input id=i><input id=j><button id=s>go</button></form>";

    test.each([
      ["when Tab leaves it", async () => pair.agent.press("Tab")],
      ["when another field is pressed", async () => pair.agent.mouse.click(await pair.at("#j"))],
      ["when the page around is pressed", async () => pair.agent.mouse.click([300, 400])],
      ["when Enter sends its form and Tab leaves it then", async () => pair.agent.press("Enter", "Tab")],
    ])("%s", async (_when, act) => {
      await open(form);
      await pair.agent.mouse.click(await pair.at("#i"));
      await pair.agent.type("abc");
      await pair.settle();
      expect(await edits()).not.toContain("change");
      await act();
      await pair.settle();
      expect((await edits()).filter((type) => type === "change")).toHaveLength(1);
    });
  });

  test("tells of each edit once before it is made", async () => {
    await open("<input id=i value=abc><div id=r contenteditable>xyz</div>");
    await pair.agent.mouse.click(await pair.at("#i"));
    await pair.settle();
    await pair.agent.press("d", "Backspace");
    await pair.settle();
    expect(await edits()).toEqual(["beforeinput", "input", "beforeinput", "input"]);
    await pair.agent.mouse.click(await pair.at("#r"));
    await pair.settle();
    await edits();
    await pair.agent.press("d");
    await pair.settle();
    expect(await edits()).toEqual(["beforeinput", "input"]);
  });

  test.each([
    ["an input", "<input id=i value='hello world foo' style='width:400px'>"],
    ["a text area", "<textarea id=i style='width:400px;height:100px'>hello world foo</textarea>"],
  ])("takes the caret where it is pressed, in %s", async (_what, html) => {
    await open(html);
    await pair.agent.mouse.click(await letter("#i", 7));
    await pair.settle();
    expect(await selection("#i")).toEqual([7, 7]);
    await pair.agent.mouse.drag(await letter("#i", 6), await letter("#i", 8), await letter("#i", 11));
    await pair.settle();
    expect(await selection("#i")).toEqual([6, 11]);
    await pair.agent.mouse.click(await letter("#i", 13), { count: 2 });
    await pair.settle();
    expect(await selection("#i")).toEqual([12, 15]);
    // Behind the text.
    await pair.agent.mouse.click(await pair.at("#i", [390, 10]));
    await pair.settle();
    expect(await selection("#i")).toEqual([15, 15]);
  });

  test("takes the caret in a later line, in one that wraps, and below the text", async () => {
    await open(
      "<textarea id=i style='width:130px;height:200px;font-size:16px'>one two three four\nfive\n\nsix</textarea>",
    );
    await pair.agent.mouse.click(await letter("#i", 2, 2));
    await pair.settle();
    // "one two three four" does not fit into a line, so "five" is the third.
    expect(await selection("#i")).toEqual([21, 21]);
    await pair.agent.mouse.click(await pair.at("#i", [100, 70]));
    await pair.settle();
    expect(await selection("#i")).toEqual([24, 24]);
    await pair.agent.mouse.click(await pair.at("#i", [60, 180]));
    await pair.settle();
    expect(await selection("#i")).toEqual([28, 28]);
  });

  test.each([
    [["ArrowRight"], [1, 1]],
    [["ArrowDown"], [6, 6]],
    [
      ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp"],
      [2, 2],
    ],
    [["End"], [5, 5]],
    [
      ["ArrowDown", "End", "Home"],
      [6, 6],
    ],
    [["Control+End"], [17, 17]],
    [
      ["Control+End", "Control+Home"],
      [0, 0],
    ],
    [["Shift+ArrowDown"], [0, 6]],
    [["Shift+End"], [0, 5]],
    [["Control+Shift+End"], [0, 17]],
    [
      ["End", "Shift+ArrowLeft", "Shift+ArrowLeft"],
      [3, 5],
    ],
    [
      ["ArrowDown", "Shift+Control+ArrowRight"],
      [6, 12],
    ],
  ])("moves its caret by keys in a text area: %j", async (keys, expected) => {
    await open("<textarea id=i style='width:400px;height:100px'>hello\nsecond one\n</textarea>");
    await pair.agent.mouse.click(await pair.at("#i", [0, 8]));
    await pair.agent.press(...keys);
    await pair.settle();
    expect(await selection("#i")).toEqual(expected);
  });
});
