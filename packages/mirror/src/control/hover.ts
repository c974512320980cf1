import { fire } from "./fire.ts";
import { HoverLook } from "./hover-look.ts";
import type { Moment } from "./moment.ts";
import { isShown, lineage } from "./tree.ts";

/** What the agent's pointer is over, and the events of its coming and going. */
export class Hover {
  readonly #look = new HoverLook();
  #over: Element | undefined;

  /** The pointer is over `element` now, or over nothing of this page. `kinds` are the events a browser sends. */
  move(element: Element | undefined, moment: Moment, kinds: readonly string[] = ["pointer", "mouse"]): void {
    // Chromium crashes over events in a document that has left its frame.
    const former = this.#over && isShown(this.#over) ? this.#over : undefined;
    if (this.#over === element) return;
    this.#over = element;
    this.#look.show(element);
    const from = lineage(former);
    const to = lineage(element);
    const left = { relatedTarget: element ?? null };
    const came = { relatedTarget: former ?? null };
    for (const kind of kinds) {
      if (former) {
        fire(former, `${kind}out`, moment, left);
        for (const up of from) if (!to.includes(up)) fire(up, `${kind}leave`, moment, left);
      }
      if (element) {
        fire(element, `${kind}over`, moment, came);
        for (const up of [...to].reverse()) if (!from.includes(up)) fire(up, `${kind}enter`, moment, came);
      }
    }
  }

  /** The pointer is nowhere in the page any more. */
  end(moment: Moment): void {
    this.move(undefined, moment);
    this.#look.end();
  }

  /** Forgets without events: what took the pointer away (a drag) told the page itself. */
  forget(): void {
    this.#over = undefined;
  }
}
