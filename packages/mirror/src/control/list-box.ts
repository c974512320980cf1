import * as dom from "../core/dom.ts";
import { changed } from "./editing.ts";

/** A list box (an open `<select>`) under the agent's pointer: what a scripted click does not do. */
export class ListBox {
  readonly #select: HTMLSelectElement;
  readonly #before: string;
  /** Where a range begins: the option that was pressed last without Shift. */
  static readonly #anchors = new WeakMap<HTMLSelectElement, number>();
  /** What was selected before the press, for a range that is still drawn. */
  readonly #kept: ReadonlySet<number>;

  private constructor(select: HTMLSelectElement) {
    this.#select = select;
    this.#before = selection(select);
    this.#kept = new Set([...dom.selectedOptions(select)].map(dom.index));
  }

  static press(element: Element, { ctrlKey, metaKey, shiftKey }: MouseEventInit): ListBox | undefined {
    const option = element as HTMLOptionElement;
    const select =
      dom.localName(element) === "option"
        ? (dom.closest(option, "select") as HTMLSelectElement | null)
        : null;
    if (!select || dom.matches(select, ":disabled") || dom.matches(option, ":disabled")) return undefined;
    const list = new ListBox(select);
    const add = ctrlKey || metaKey;
    if (!dom.multiple(select)) dom.setSelectedIndex(select, dom.index(option));
    else if (shiftKey) list.#range(dom.index(option), false);
    else {
      ListBox.#anchors.set(select, dom.index(option));
      if (add) dom.setSelected(option, !dom.selected(option));
      else list.#range(dom.index(option), false);
    }
    return list;
  }

  /** The pointer was drawn on to `element`. */
  draw(element: Element, { ctrlKey, metaKey }: MouseEventInit): void {
    const option = element as HTMLOptionElement;
    if (dom.localName(element) !== "option" || dom.closest(option, "select") !== this.#select) return;
    if (dom.multiple(this.#select)) this.#range(dom.index(option), ctrlKey || metaKey);
    else if (!dom.matches(option, ":disabled")) dom.setSelectedIndex(this.#select, dom.index(option));
  }

  end(): void {
    if (selection(this.#select) !== this.#before) changed(this.#select);
  }

  #range(to: number, add: boolean | undefined): void {
    const from = ListBox.#anchors.get(this.#select) ?? to;
    for (const option of dom.options(this.#select)) {
      const inside = dom.index(option) >= Math.min(from, to) && dom.index(option) <= Math.max(from, to);
      dom.setSelected(
        option,
        (inside && !dom.matches(option, ":disabled")) || (add === true && this.#kept.has(dom.index(option))),
      );
    }
  }
}

function selection(select: HTMLSelectElement): string {
  return [...dom.selectedOptions(select)].map(dom.index).join();
}
