import type { Page } from "playwright-core";

/** Where an element stands: its path in the page, and its box. */
interface PlacedBox {
  path: string;
  box: [x: number, y: number, width: number, height: number];
}

/** What two engines make of one page. */
export interface BoxReport {
  /** Elements that both sides have. */
  compared: number;
  /** Elements that only one side has, by their paths. */
  missing: string[];
  /** Elements that stand elsewhere at the agent, as they do where the page itself runs in the agent's engine. */
  byEngine: string[];
  /** Elements that stand elsewhere at the agent, and would not in its engine alone: faults of the mirror. */
  off: string[];
}

/** More than this is elsewhere, in CSS pixels. */
const MOST_PX = 2;

/** No list is longer. */
export const MOST_LISTED = 50;

/** Runs inside a browser, serialised: it may use nothing from outside its own body. */
function readBoxes(root: Document): PlacedBox[] {
  const skipped = /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|HEAD|LINK|META|TITLE|BASE|OPTION|OPTGROUP)$/;
  const found: PlacedBox[] = [];
  // From where the page begins: two engines scroll equally far in pages of different height.
  const { scrollX = 0, scrollY = 0 } = root.defaultView ?? {};
  const walk = (element: Element, path: string) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    if (width > 0 && height > 0) found.push({ path, box: [x + scrollX, y + scrollY, width, height] });
    const inner = element.localName === "iframe" ? (element as HTMLIFrameElement).contentDocument : null;
    const parents = [element, element.shadowRoot, inner?.body];
    for (const [i, parent] of parents.entries()) {
      const counts: Record<string, number> = {};
      for (const child of parent?.children ?? []) {
        if (skipped.test(child.tagName.toUpperCase()) || child.hasAttribute("data-copane")) continue;
        // The agent sees a canvas as a picture of it.
        const name = child.localName === "canvas" ? "img" : child.localName;
        counts[name] = (counts[name] ?? 0) + 1;
        walk(child, `${path}${["/", "/#/", "/@/"][i]}${name}[${counts[name]}]`);
      }
    }
  };
  walk(root.documentElement, "html");
  return found;
}

/** The space that a page has for its layout: one engine's scroll bars take some of the window, another's none. */
export function roomOf(page: Page): Promise<{ width: number; height: number }> {
  return page.evaluate(() => {
    const { clientWidth: width, clientHeight: height } =
      document.scrollingElement ?? document.documentElement;
    return { width, height };
  });
}

/** The boxes of the document that `expression` names within a page. */
export function boxesOf(page: Page, expression = "document"): Promise<PlacedBox[]> {
  return page.evaluate(`(${readBoxes})(${expression})`);
}

/**
 * Compares the boxes at the customer with those at an agent in another engine.
 * @param alone the page itself in the agent's engine, without us: what differs there too is fonts and native controls
 */
export function compareBoxes(customer: PlacedBox[], agent: PlacedBox[], alone: PlacedBox[]): BoxReport {
  const [there, itself, here] = [agent, alone, customer].map(
    (boxes) => new Map(boxes.map(({ path, box }) => [path, box])),
  ) as [Map<string, PlacedBox["box"]>, Map<string, PlacedBox["box"]>, Map<string, PlacedBox["box"]>];
  const report: BoxReport = { compared: 0, missing: [], byEngine: [], off: [] };
  for (const [path, box] of here) {
    const other = there.get(path);
    // What the agent's engine gives no box at all is the engine's, too.
    if (!other && (itself.has(path) || itself.size === 0)) report.missing.push(path);
    if (!other) continue;
    report.compared++;
    if (apart(box, other) <= MOST_PX) continue;
    const own = itself.get(path);
    const line = `${path}: ${shown(box)} and ${shown(other)}`;
    if (own && apart(own, other) <= MOST_PX) report.byEngine.push(line);
    else report.off.push(own ? `${line}, alone ${shown(own)}` : line);
  }
  for (const path of there.keys()) if (!here.has(path) && !itself.has(path)) report.missing.push(path);
  for (const list of [report.missing, report.byEngine, report.off]) list.splice(MOST_LISTED);
  return report;
}

function apart(one: PlacedBox["box"], other: PlacedBox["box"]): number {
  return Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? 0))));
}

function shown(box: PlacedBox["box"]): string {
  return box.map((value) => Math.round(value * 10) / 10).join(" ");
}
