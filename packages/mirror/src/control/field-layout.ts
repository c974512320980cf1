import * as dom from "../core/dom.ts";
import type { TextField } from "./editing.ts";
import { realm } from "./tree.ts";

/** Longer texts are not laid out a second time. */
const MOST_LETTERS = 20_000;

/** What decides where the letters of a field stand. */
const copied = [
  "direction",
  "fontFamily",
  "fontFeatureSettings",
  "fontKerning",
  "fontSize",
  "fontStretch",
  "fontStyle",
  "fontVariant",
  "fontVariationSettings",
  "fontWeight",
  "hyphens",
  "letterSpacing",
  "lineBreak",
  "lineHeight",
  "overflowWrap",
  "tabSize",
  "textAlign",
  "textIndent",
  "textTransform",
  "whiteSpace",
  "wordBreak",
  "wordSpacing",
] as const;

/** One line as it is shown, in CSS pixels of the text's own box. */
export interface Row {
  top: number;
  bottom: number;
  /** Where the caret can stand in it, in order. */
  stops: { offset: number; x: number }[];
}

/**
 * The text of a field, laid out once more as a copy that can be measured: not every browser tells where in a field a
 * point lies, or where its lines break. The copy stands in the page, unseen, for as long as `measure` works.
 */
export function withLayout<T>(field: TextField, measure: (layout: FieldLayout) => T): T | undefined {
  const ownerDocument = dom.ownerDocument(field);
  const value = dom.value(field);
  if (value.length > MOST_LETTERS) return undefined;
  const host = dom.createElement(ownerDocument, "div");
  dom.style(host).cssText =
    "all:initial;position:fixed;top:0;left:0;width:0;height:0;overflow:hidden;visibility:hidden";
  const box = dom.createElement(ownerDocument, "div");
  dom.append(dom.attachShadow(host, { mode: "closed" }), box);
  const style = dom.getComputedStyle(realm(field), field);
  const wanted = dom.style(box);
  for (const name of copied) wanted[name] = style[name];
  if (dom.localName(field) === "input") wanted.whiteSpace = "pre";
  const inner = dom.clientWidth(field) - pixels(style.paddingLeft) - pixels(style.paddingRight);
  wanted.width = `${inner}px`;
  const lines = value.split("\n").map((text) => {
    const line = dom.createElement(ownerDocument, "div");
    // The mark at the end has a place, though it has no width: the caret behind the last letter.
    dom.append(line, `${text}\u200B`);
    return line;
  });
  dom.append(box, ...lines);
  dom.append(dom.documentElement(ownerDocument) as HTMLElement, host);
  try {
    return measure(new FieldLayout(field, style, box, lines));
  } finally {
    dom.remove(host);
  }
}

/** Where the letters of a field stand. */
class FieldLayout {
  readonly #field: TextField;
  readonly #style: CSSStyleDeclaration;
  readonly #box: DOMRect;
  readonly #lines: readonly HTMLElement[];
  /** Where each line of the value begins. */
  readonly #starts: number[] = [];

  constructor(field: TextField, style: CSSStyleDeclaration, box: HTMLElement, lines: readonly HTMLElement[]) {
    this.#field = field;
    this.#style = style;
    this.#box = dom.getBoundingClientRect(box);
    this.#lines = lines;
    let start = 0;
    for (const text of dom.value(field).split("\n")) {
      this.#starts.push(start);
      start += text.length + 1;
    }
  }

  /** The offset nearest to a point of the viewport. */
  offsetAt(clientX: number, clientY: number): number {
    const field = this.#field;
    const outer = dom.getBoundingClientRect(field);
    // A page may show the field scaled.
    const x = ((clientX - outer.left) * dom.offsetWidth(field as HTMLElement)) / (outer.width || 1);
    const y = ((clientY - outer.top) * dom.offsetHeight(field as HTMLElement)) / (outer.height || 1);
    const inX = x - dom.clientLeft(field) - pixels(this.#style.paddingLeft) + dom.scrollLeft(field);
    const inY = y - dom.clientTop(field) - pixels(this.#style.paddingTop) + dom.scrollTop(field);
    const isLine = dom.localName(field) === "input";
    const index = isLine ? 0 : this.#lines.findIndex((line) => this.#bottom(line) > inY);
    if (index === -1) return dom.value(field).length;
    const rows = this.#rows(index);
    const row = isLine ? rows[0] : (rows.find(({ bottom }) => bottom > inY) ?? rows.at(-1));
    return row ? nearestStop(row, inX) : 0;
  }

  /** The row that an offset stands in, or one that many rows further down (negative: up); undefined beyond the ends. */
  row(offset: number, distance = 0): Row | undefined {
    let index = this.#starts.findLastIndex((start) => start <= offset);
    let rows = this.#rows(index);
    let at = rows.findLastIndex(({ stops }) => (stops[0]?.offset ?? 0) <= offset) + distance;
    while (at < 0 && index > 0) {
      rows = this.#rows(--index);
      at += rows.length;
    }
    while (at >= rows.length && index < this.#lines.length - 1) {
      at -= rows.length;
      rows = this.#rows(++index);
    }
    return rows[at];
  }

  #bottom(line: Element): number {
    return dom.getBoundingClientRect(line).bottom - this.#box.top;
  }

  /** How one line of the value is broken. */
  #rows(index: number): Row[] {
    const text = (this.#lines[index] && dom.firstChild(this.#lines[index])) as Text | null;
    const start = this.#starts[index] ?? 0;
    const rows: Row[] = [];
    if (!text) return rows;
    const range = dom.createRange(dom.ownerDocument(text));
    const rightToLeft = this.#style.direction === "rtl";
    for (let i = 0; i < dom.dataLength(text); i++) {
      range.setStart(text, i);
      range.setEnd(text, i + 1);
      const rect = range.getClientRects()[0];
      let row = rows.at(-1);
      if (!rect) {
        row?.stops.push({ offset: start + i, x: row.stops.at(-1)?.x ?? 0 });
        continue;
      }
      const [top, bottom] = [rect.top - this.#box.top, rect.bottom - this.#box.top];
      if (!row || top >= row.bottom - 1) {
        row = { top, bottom, stops: [] };
        rows.push(row);
      }
      row.stops.push({ offset: start + i, x: (rightToLeft ? rect.right : rect.left) - this.#box.left });
    }
    return rows;
  }
}

/** The offset of the place for the caret that is nearest to `x`. */
export function nearestStop({ stops }: Row, x: number): number {
  const distance = (stop: { x: number }) => Math.abs(stop.x - x);
  let [nearest] = stops as [Row["stops"][number]];
  for (const stop of stops) if (distance(stop) < distance(nearest)) nearest = stop;
  return nearest.offset;
}

function pixels(length: string): number {
  return Number.parseFloat(length) || 0;
}
