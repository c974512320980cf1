import type { AgentSession } from "@copane/client/agent";
import { report } from "./logger.ts";

/** The page's iframe that shows the customer's page. The picture stands inside it, whatever the page does with it. */
export class ViewFrame {
  readonly #id: string;
  #session: AgentSession | undefined;
  #detach: (() => void) | undefined;
  #abort: AbortController | undefined;

  constructor(iframeId: string) {
    this.#id = iframeId;
  }

  show(session: AgentSession): void {
    this.clear();
    this.#session = session;
    const frame = document.getElementById(this.#id);
    if (!(frame instanceof HTMLIFrameElement)) {
      report("error", `co-browsing: there is no iframe with the id "${this.#id}"`);
      return;
    }
    this.#abort = new AbortController();
    // An iframe that is moved in the page or given another address begins anew.
    frame.addEventListener("load", () => this.#attach(frame), { signal: this.#abort.signal });
    this.#attach(frame);
  }

  clear(): void {
    this.#abort?.abort();
    this.#detach?.();
    this.#detach = undefined;
    this.#session = undefined;
  }

  #attach(frame: HTMLIFrameElement): void {
    this.#detach?.();
    this.#detach = undefined;
    const { contentDocument } = frame;
    if (!contentDocument?.body || !this.#session) {
      report("error", `co-browsing: the iframe "${this.#id}" is of another origin`);
      return;
    }
    const place = contentDocument.createElement("div");
    Object.assign(place.style, { position: "fixed", inset: "0" });
    contentDocument.body.append(place);
    const detach = this.#session.attachView(place, frame.title || "Customer's page");
    this.#detach = () => {
      detach();
      place.remove();
    };
  }
}
