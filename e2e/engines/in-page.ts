import { combined } from "./in-page-css.ts";
import { nameOf, roleOf, textOf } from "./in-page-names.ts";
import type { Ask, Step, Wanted } from "./steps.ts";

/** Finds elements as Playwright does in Chromium: through open shadow roots, into frames of the page's own origin. */

type Answer = (element: Element, arg: unknown) => unknown;

/** The document that a found frame shows stands for it in the steps after it. */
function within(found: ParentNode[], step: Step): ParentNode[] {
  if ("nth" in step) return found.slice(step.nth).slice(0, 1);
  if ("inside" in step) return found.flatMap((frame) => (frame as HTMLIFrameElement).contentDocument ?? []);
  if ("has" in step) return found.filter((element) => fits(textOf(element as Element), step.has));
  const all = new Set<Element>();
  for (const root of found) for (const element of matching(root, step)) all.add(element);
  return [...all];
}

function matching(root: ParentNode, step: Step): Element[] {
  if ("css" in step) return combined(root, step.css);
  const elements = combined(root, "*");
  if ("role" in step) {
    const { name, role, enabled } = step;
    return elements.filter(
      (element) =>
        roleOf(element) === role &&
        visible(element) &&
        !(enabled && disabled(element)) &&
        (!name || fits(nameOf(element), name)),
    );
  }
  if ("label" in step)
    return elements.filter((element) => labels(element).some((text) => fits(text, step.label)));
  if ("placeholder" in step)
    return elements.filter((element) => fits(element.getAttribute("placeholder") ?? "\0", step.placeholder));
  if (!("words" in step)) return [];
  const fitting = elements.filter(
    (element) => !/^(SCRIPT|STYLE|HEAD|TITLE)$/.test(element.tagName) && fits(textOf(element), step.words),
  );
  // The innermost ones alone.
  return fitting.filter((element) => !fitting.some((other) => other !== element && holds(element, other)));
}

function holds(outer: Element, inner: Element): boolean {
  for (let node: Node | null = inner; node; node = node.parentNode ?? (node as ShadowRoot).host ?? null)
    if (node === outer) return true;
  return false;
}

function labels(element: Element): string[] {
  const own = [element.getAttribute("aria-label") ?? ""];
  const by = element.getAttribute("aria-labelledby");
  if (by) own.push(nameOf(element));
  for (const label of (element as HTMLInputElement).labels ?? []) own.push(textOf(label));
  return own.filter(Boolean);
}

function fits(given: string, wanted: Wanted): boolean {
  const text = given.replace(/\s+/g, " ").trim();
  if ("pattern" in wanted) return new RegExp(wanted.pattern, wanted.flags).test(text);
  const other = wanted.text.replace(/\s+/g, " ").trim();
  return wanted.exact ? text === other : text.toLowerCase().includes(other.toLowerCase());
}

function visible(element: Element): boolean {
  const style = element.ownerDocument.defaultView?.getComputedStyle(element);
  if (style?.visibility !== "visible") return false;
  if (style.display === "contents")
    return [...element.childNodes, ...(element.shadowRoot?.childNodes ?? [])].some(
      (child) => child.nodeType === Node.TEXT_NODE || (child.nodeType === 1 && visible(child as Element)),
    );
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
}

function disabled(element: Element): boolean {
  return element.matches(":disabled") || element.closest("[aria-disabled=true]") !== null;
}

/** The box in the window's own pixels, through the frames around it and their scale. */
function boxOf(element: Element): { x: number; y: number; width: number; height: number } {
  let { x, y, width, height } = element.getBoundingClientRect();
  for (
    let view = element.ownerDocument.defaultView;
    view?.frameElement;
    view = view.parent as typeof window
  ) {
    const frame = view.frameElement as HTMLElement;
    const box = frame.getBoundingClientRect();
    const scale = box.width / (frame.offsetWidth || 1);
    x = box.x + (frame.clientLeft + x) * scale;
    y = box.y + (frame.clientTop + y) * scale;
    width *= scale;
    height *= scale;
  }
  return { x, y, width, height };
}

/** Where a click on the element goes, or why it cannot be clicked yet. */
async function target(element: Element, force: boolean): Promise<{ x: number; y: number } | string> {
  if (!visible(element)) return "is not visible";
  if (!force && disabled(element)) return "is disabled";
  const first = boxOf(element);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  let box = boxOf(element);
  if (box.x !== first.x || box.y !== first.y) return "moves";
  const centre = () => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const outside = ({ x, y }: { x: number; y: number }) =>
    x < 0 || y < 0 || x >= innerWidth || y >= innerHeight;
  if (outside(centre())) {
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    box = boxOf(element);
  }
  const point = centre();
  if (outside(point)) return "lies outside of the window";
  if (force || element.ownerDocument !== document) return point;
  let hit = document.elementFromPoint(point.x, point.y);
  for (let inner = hit; inner; inner = inner.shadowRoot?.elementFromPoint(point.x, point.y) ?? null) {
    if (inner === hit && hit !== document.elementFromPoint(point.x, point.y)) break;
    hit = inner;
  }
  const label = hit?.closest("label") as HTMLLabelElement | null;
  const taken = hit && (holds(element, hit) || label?.control === element || hit.contains(element));
  return taken ? point : `is covered by ${hit?.localName}.${hit?.className}`;
}

const answers: Record<Exclude<Ask, "count" | "texts">, Answer> = {
  text: (element) => element.textContent,
  value: (element) => (element as HTMLInputElement).value,
  checked: (element) =>
    (element as HTMLInputElement).checked ?? element.getAttribute("aria-checked") === "true",
  visible,
  disabled,
  attribute: (element, name) => element.getAttribute(String(name)),
  html: (element) => element.innerHTML,
  box: (element) => (visible(element) ? boxOf(element) : null),
  target: (element, force) => target(element, Boolean(force)),
  focus: (element) => (element as HTMLElement).focus(),
  select: (element) => (element as HTMLInputElement).select(),
  fill: (element, text) => {
    if (!visible(element) || disabled(element)) return false;
    const field = element as HTMLInputElement;
    const { ownerDocument } = field;
    field.focus();
    const { localName, type } = field;
    const typed = localName === "textarea" || /^(text|search|email|url|tel|password|number)$/.test(type);
    if (localName === "input" && !typed) {
      field.value = String(text);
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
      return true;
    }
    if (field.select) field.select();
    else ownerDocument.getSelection()?.selectAllChildren(field);
    // The browser's own edit, with the events that a person's typing has.
    ownerDocument.execCommand(text === "" ? "delete" : "insertText", false, String(text));
    return true;
  },
  choose: (element, given) => {
    if (!visible(element) || disabled(element)) return false;
    const select = element as HTMLSelectElement;
    const values = (Array.isArray(given) ? given : [given]) as (
      | string
      | { label?: string; index?: number }
    )[];
    const chosen = [...select.options].filter((option) =>
      values.some((one) =>
        typeof one === "string"
          ? option.value === one || option.label === one
          : option.label === one.label || option.index === one.index,
      ),
    );
    if (chosen.length === 0) return false;
    for (const option of select.options) option.selected = chosen.includes(option);
    for (const kind of ["input", "change"])
      select.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
    return true;
  },
  // A function of the test, as text. The page's own rules against scripts do not hold for the driver's.
  call: () => undefined,
};

/** All elements that the steps lead to, in the order of the document. */
function find(steps: Step[]): Element[] {
  return steps.reduce(within, [document] as ParentNode[]) as Element[];
}

/** Asks what was found; without any answer where nothing is there. */
async function ask(
  steps: Step[],
  what: Exclude<Ask, "call">,
  arg: unknown,
): Promise<{ answer: unknown } | undefined> {
  const found = find(steps);
  if (what === "count") return { answer: found.length };
  if (what === "texts") return { answer: found.map(({ textContent }) => textContent ?? "") };
  // Where several fit, one that is seen is meant.
  const element = found.find(visible) ?? found[0];
  return element && { answer: await answers[what](element, arg) };
}

Object.defineProperty(window, Symbol.for("copane.test"), { value: { find, ask }, configurable: true });
