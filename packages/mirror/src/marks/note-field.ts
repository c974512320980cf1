import * as dom from "../core/dom.ts";
import type { Point } from "./geometry.ts";
import { letterHeight } from "./shapes.ts";
import { markLimits } from "./wire.ts";

/** How a note is written, and what happens to it. */
export interface NoteOptions {
  /** Accessible name of the field. */
  label: string;
  /** 0xRRGGBB. */
  color: number;
  /** The stroke that the letters' size follows from, in CSS pixels. */
  width: number;
  /** The person has finished; `text` is empty when the note is not kept. */
  onDone(text: string): void;
  /** The person finished by Enter or Escape: the focus goes back to the surface. */
  onKey(): void;
}

/** The field in which a note is written, at the place where it will stand. Closing it is idempotent. */
export class NoteField {
  readonly #input: HTMLInputElement;
  readonly #options: NoteOptions;
  #open = true;

  constructor(surface: HTMLElement, at: Point, options: NoteOptions) {
    this.#options = options;
    const input = dom.createElement(document, "input");
    this.#input = input;
    Object.assign(dom.style(input), {
      position: "absolute",
      boxSizing: "border-box",
      left: `${at.x}px`,
      top: `${at.y}px`,
      font: `600 ${letterHeight(options.width)}px/1.2 system-ui, sans-serif`,
      color: `#${options.color.toString(16).padStart(6, "0")}`,
      background: "#fffd",
      border: "1px dashed currentcolor",
      padding: "0 2px",
      width: "12em",
      maxWidth: `calc(100% - ${Math.max(0, at.x)}px)`,
    });
    dom.setMaxLength(input, markLimits.text);
    dom.setAttribute(input, "aria-label", options.label);
    dom.addEventListener(input, "keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      this.close(event.key === "Enter");
      options.onKey();
    });
    dom.addEventListener(input, "blur", () => this.close(true));
    dom.append(surface, input);
    dom.focus(input, { preventScroll: true });
  }

  close(keep: boolean): void {
    if (!this.#open) return;
    this.#open = false;
    const text = keep ? dom.value(this.#input).trim() : "";
    dom.remove(this.#input);
    this.#options.onDone(text);
  }
}
