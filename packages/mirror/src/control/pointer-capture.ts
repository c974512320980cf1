import * as dom from "../core/dom.ts";
import { AGENT_POINTER } from "../core/own-parts.ts";
import { fire } from "./fire.ts";
import type { Moment } from "./moment.ts";
import { realm } from "./tree.ts";

const methods = ["setPointerCapture", "releasePointerCapture", "hasPointerCapture"] as const;

/**
 * `setPointerCapture` for the agent's pointer, which the browser does not know: for as long as a button is
 * held, calls that name it are ours, and all others go on to the browser.
 */
export class PointerCapture {
  #wanted: Element | undefined;
  #target: Element | undefined;
  #restore: (() => void) | undefined;

  /** The element that takes all events of the pointer. */
  get target(): Element | undefined {
    return this.#target && dom.isConnected(this.#target) ? this.#target : undefined;
  }

  begin(element: Element): void {
    this.#restore?.();
    const { prototype } = realm(element).Element;
    const originals = methods.map((name) => Object.getOwnPropertyDescriptor(prototype, name));
    const ours = {
      setPointerCapture: (self: Element) => {
        this.want(self);
      },
      releasePointerCapture: (self: Element) => {
        if (this.#wanted === self) this.want(undefined);
      },
      hasPointerCapture: (self: Element) => this.#wanted === self,
    };
    const wrappers = methods.map((name, i) => {
      const original = originals[i]?.value as ((id: number) => unknown) | undefined;
      if (!original) return undefined;
      const wrapper = {
        [name](this: Element, id: number): unknown {
          return id === AGENT_POINTER ? ours[name](this) : original.call(this, id);
        },
      }[name];
      Object.defineProperty(prototype, name, { ...originals[i], value: wrapper });
      return wrapper;
    });
    this.#restore = () => {
      methods.forEach((name, i) => {
        const now = Object.getOwnPropertyDescriptor(prototype, name);
        const original = originals[i];
        if (original && now?.value === wrappers[i]) Object.defineProperty(prototype, name, original);
      });
      this.#restore = undefined;
    };
  }

  /** What is captured from the next event on. */
  want(element: Element | undefined): void {
    this.#wanted = element;
  }

  /** Tells of a capture that was set or released since the last event. */
  settle(moment: Moment): void {
    const { target } = this;
    if (this.#wanted === target) return;
    this.#target = this.#wanted;
    if (target) fire(target, "lostpointercapture", moment);
    if (this.#target) fire(this.#target, "gotpointercapture", moment);
  }

  /** The press is over. */
  end(moment?: Moment): void {
    this.#wanted = undefined;
    if (moment) this.settle(moment);
    this.#target = undefined;
    this.#restore?.();
  }
}
