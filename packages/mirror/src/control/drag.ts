import * as dom from "../core/dom.ts";
import { type DraggedText, dropText } from "./dragged-text.ts";
import { editingHost } from "./hands.ts";
import type { Moment } from "./moment.ts";
import { nearest, realm } from "./tree.ts";

/** A press becomes a drag once it has moved this far, in CSS pixels. */
export const DRAG_PX = 3;

/** One HTML drag and drop by the agent's pointer. */
export class Drag {
  readonly #source: Element;
  readonly #data: DataTransfer;
  /** The selected text that is dragged, if it is such. */
  readonly #text: DraggedText | undefined;
  #over: Element | undefined;
  /** Whether the target under the pointer takes the drop. */
  #accepted = false;

  private constructor(source: Element, text: DraggedText | undefined) {
    this.#source = source;
    this.#text = text;
    this.#data = new (realm(source).DataTransfer)();
    // Of a transfer that no browser drags, these are read-only: the page must be able to set them.
    Object.defineProperties(this.#data, {
      effectAllowed: { value: "uninitialized", writable: true },
      dropEffect: { value: "none", writable: true },
    });
  }

  /** What a drag from `element` would move. */
  static source(element: Element): Element | undefined {
    return nearest(element, (up) => dom.htmlName(up) !== "" && dom.draggable(up as HTMLElement));
  }

  /** Begins a drag where the button was pressed; undefined when the page does not want it. */
  static start(source: Element, moment: Moment, text?: DraggedText): Drag | undefined {
    const drag = new Drag(source, text);
    if (text) drag.#data.setData("text/plain", text.text);
    const link = text
      ? undefined
      : (dom.href(source as HTMLAnchorElement) ?? dom.src(source as HTMLImageElement));
    if (typeof link === "string" && link) {
      drag.#data.setData("text/uri-list", link);
      drag.#data.setData("text/plain", link);
    }
    return drag.#fire(source, "dragstart", moment) ? drag : undefined;
  }

  move(element: Element, moment: Moment): void {
    this.#fire(this.#source, "drag", moment);
    const former = this.#over;
    if (former !== element) {
      this.#over = element;
      this.#fire(element, "dragenter", moment, former);
      if (former) this.#fire(former, "dragleave", moment, element);
    }
    const allowed = this.#data.effectAllowed.toLowerCase();
    const first = (["copy", "link", "move"] as const).find((effect) => allowed.includes(effect));
    this.#data.dropEffect = first ?? (allowed === "none" ? "none" : "copy");
    const taken = !this.#fire(element, "dragover", moment) || this.#insertsInto(element) !== undefined;
    const effect = this.#data.dropEffect;
    const fits = allowed === "all" || allowed === "uninitialized" || allowed.includes(effect);
    this.#accepted = taken && effect !== "none" && fits;
  }

  /** @param focus whether the document's focus may go where text is inserted */
  drop(element: Element, moment: Moment, focus: boolean): void {
    this.move(element, moment);
    const unused = this.#fire(element, this.#accepted ? "drop" : "dragleave", moment);
    const host = unused && this.#accepted ? this.#insertsInto(element) : undefined;
    if (host) {
      const move = !moment.ctrlKey;
      dropText(host, moment, this.#data.getData("text/plain"), this.#text, { move, focus });
    }
    this.cancel(moment, this.#accepted);
  }

  /** The field or editable document here that takes text by itself, if there is text to take. */
  #insertsInto(element: Element): Element | undefined {
    return this.#data.getData("text/plain") ? editingHost(element) : undefined;
  }

  cancel(moment: Moment, dropped = false): void {
    if (!dropped) this.#data.dropEffect = "none";
    this.#fire(this.#source, "dragend", moment);
  }

  /** Returns false when the page prevented the default: for targets that means they take the drop. */
  #fire(target: Element, type: string, moment: Moment, relatedTarget?: Element): boolean {
    if (!dom.isConnected(target)) return true;
    const { DragEvent } = realm(target);
    return dom.dispatchEvent(
      target,
      new DragEvent(type, {
        bubbles: true,
        cancelable: type !== "dragleave" && type !== "dragend",
        composed: true,
        ...moment,
        button: 0,
        buttons: type === "dragstart" ? 1 : 0,
        detail: 0,
        relatedTarget: relatedTarget ?? null,
        dataTransfer: this.#data,
      }),
    );
  }
}
