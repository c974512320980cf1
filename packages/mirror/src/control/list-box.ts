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
    this.#kept = new Set([...select.selectedOptions].map(({ index }) => index));
  }

  static press(element: Element, { ctrlKey, metaKey, shiftKey }: MouseEventInit): ListBox | undefined {
    const option = element as HTMLOptionElement;
    const select = element.localName === "option" ? option.closest("select") : null;
    if (!select || select.matches(":disabled") || option.matches(":disabled")) return undefined;
    const list = new ListBox(select);
    const add = ctrlKey || metaKey;
    if (!select.multiple) select.selectedIndex = option.index;
    else if (shiftKey) list.#range(option.index, false);
    else {
      ListBox.#anchors.set(select, option.index);
      if (add) option.selected = !option.selected;
      else list.#range(option.index, false);
    }
    return list;
  }

  /** The pointer was drawn on to `element`. */
  draw(element: Element, { ctrlKey, metaKey }: MouseEventInit): void {
    const option = element as HTMLOptionElement;
    if (element.localName !== "option" || option.closest("select") !== this.#select) return;
    if (this.#select.multiple) this.#range(option.index, ctrlKey || metaKey);
    else if (!option.matches(":disabled")) this.#select.selectedIndex = option.index;
  }

  end(): void {
    if (selection(this.#select) !== this.#before) changed(this.#select);
  }

  #range(to: number, add: boolean | undefined): void {
    const from = ListBox.#anchors.get(this.#select) ?? to;
    for (const option of this.#select.options) {
      const inside = option.index >= Math.min(from, to) && option.index <= Math.max(from, to);
      option.selected =
        (inside && !option.matches(":disabled")) || (add === true && this.#kept.has(option.index));
    }
  }
}

function selection(select: HTMLSelectElement): string {
  return [...select.selectedOptions].map(({ index }) => index).join();
}
