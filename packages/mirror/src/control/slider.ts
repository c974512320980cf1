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
    this.#before = input.value;
  }

  static of(element: Element): Slider | undefined {
    const input = element as HTMLInputElement;
    if (element.localName !== "input" || input.type !== "range" || input.matches(":disabled"))
      return undefined;
    return new Slider(input);
  }

  move({ clientX, clientY }: Moment): void {
    const input = this.#input;
    const box = input.getBoundingClientRect();
    const { direction, writingMode } = getComputedStyle(input);
    const vertical = writingMode.startsWith("vertical");
    const length = vertical ? box.height : box.width;
    const at = vertical ? clientY - box.top : clientX - box.left;
    const part = Math.min(Math.max((at - THUMB_PX / 2) / (length - THUMB_PX || 1), 0), 1);
    const least = Number(input.min || 0);
    const most = Math.max(Number(input.max || 100), least);
    const before = input.value;
    setValue(input, String(least + (direction === "rtl" ? 1 - part : part) * (most - least)));
    if (input.value !== before) input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }

  end(): void {
    if (this.#input.value !== this.#before) this.#input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
