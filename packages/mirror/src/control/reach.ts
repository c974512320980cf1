import type { Capture } from "../capture/types.ts";
import * as dom from "../core/dom.ts";
import type { ControlPolicy } from "./policy.ts";
import { RefusedError } from "./refusal.ts";
import { nearest } from "./tree.ts";

/** What of the page the agent may operate. Every check throws RefusedError. */
export class Reach {
  readonly #capture: Pick<Capture, "operable">;
  readonly #reserved: string;
  readonly #submits: boolean;

  /** Throws SyntaxError when a selector of the policy is not valid. */
  constructor(capture: Pick<Capture, "operable">, policy: ControlPolicy) {
    this.#capture = capture;
    this.#reserved = policy.customerOnly?.join(",") ?? "";
    this.#submits = policy.submit !== "customer";
    if (this.#reserved) dom.querySelector(new DocumentFragment(), this.#reserved);
  }

  may(element: Element): boolean {
    return this.#capture.operable(element) && !this.#isReserved(element);
  }

  /** Whether forms may be sent by what the agent does. */
  get submits(): boolean {
    return this.#submits;
  }

  check(element: Element): void {
    if (!this.#capture.operable(element)) throw new RefusedError("protected");
    if (this.#isReserved(element)) throw new RefusedError("reserved");
  }

  /** Checks a press too for what it would reach beyond the element itself. */
  checkPress(element: Element): void {
    this.check(element);
    const label = nearest(element, (up) => dom.localName(up) === "label") as HTMLLabelElement | undefined;
    const control = label && dom.control(label);
    if (control) this.check(control);
    if (isFile(element) || (control && isFile(control))) throw new RefusedError("file");
    const button = nearest(element, (up) => dom.matches(up, "button,input"));
    if (button && isSubmit(button)) this.checkSubmit();
  }

  checkSubmit(): void {
    if (!this.#submits) throw new RefusedError("submit");
  }

  #isReserved(element: Element): boolean {
    return this.#reserved !== "" && nearest(element, (up) => dom.matches(up, this.#reserved)) !== undefined;
  }
}

export function isFile(element: Element): boolean {
  return dom.localName(element) === "input" && dom.type(element as HTMLInputElement) === "file";
}

function isSubmit(element: Element): boolean {
  const type = dom.type(element as HTMLInputElement);
  const form = dom.form(element as HTMLInputElement);
  return form !== null && (type === "submit" || type === "image");
}
