import * as dom from "../core/dom.ts";
import { setValue } from "./editing.ts";
import type { Moment } from "./moment.ts";

/** Width of a slider's thumb in the common browsers, in CSS pixels. */
const THUMB_PX = 16;

/** A range input under the agent's pointer: it follows, and its `change` comes at the end. */
export class Slider {
  readonly #input: HTMLInputElement;
  readonly #before: string;

  constructor(input: HTMLInputElement) {
    this.#input = input;
    this.#before = dom.value(input);
  }

  static of(element: Element): Slider | undefined {
    const input = element as HTMLInputElement;
    if (dom.localName(element) !== "input" || dom.type(input) !== "range" || dom.matches(input, ":disabled"))
      return undefined;
    return new Slider(input);
  }

  move({ clientX, clientY }: Moment): void {
    const input = this.#input;
    const box = dom.getBoundingClientRect(input);
    const { direction, writingMode } = dom.getComputedStyle(window, input);
    const vertical = writingMode.startsWith("vertical");
    const length = vertical ? box.height : box.width;
    const at = vertical ? clientY - box.top : clientX - box.left;
    const part = Math.min(Math.max((at - THUMB_PX / 2) / (length - THUMB_PX || 1), 0), 1);
    const least = Number(dom.min(input) || 0);
    const most = Math.max(Number(dom.max(input) || 100), least);
    const before = dom.value(input);
    setValue(input, String(least + (direction === "rtl" ? 1 - part : part) * (most - least)));
    if (dom.value(input) !== before)
      dom.dispatchEvent(input, new Event("input", { bubbles: true, composed: true }));
  }

  end(): void {
    if (dom.value(this.#input) !== this.#before)
      dom.dispatchEvent(this.#input, new Event("change", { bubbles: true }));
  }
}
