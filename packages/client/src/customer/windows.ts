import type { Capture } from "@copane/mirror/capture";
import { type Notice, watchDialogs } from "@copane/mirror/control";
import { ALL_VIEWERS } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import type { Marks } from "../marks.ts";
import type { Transport } from "../transport/transport.ts";
import { Activity } from "./activity.ts";
import { Highlights } from "./highlights.ts";
import type { SharedPage } from "./shared-page.ts";

export interface WindowsOptions {
  page: SharedPage;
  marks: Marks;
  transport(): Transport | undefined;
  /** Native dialogs are not told of. */
  hidesDialogs: boolean;
  /** A window whose page is mirrored. */
  onWindow(view: Window, signal: AbortSignal): void;
}

/** What is followed of the customer in this window and those of its iframes, from a session's begin to its end. */
export class Windows {
  readonly #options: WindowsOptions;
  readonly #activity: Activity;
  readonly #highlights: Highlights;
  /** The path that the server was last told. */
  #path = "";
  #following: AbortController | undefined;

  constructor(options: WindowsOptions) {
    const { page, marks, transport } = options;
    this.#options = options;
    this.#activity = new Activity(() => transport()?.activity());
    this.#highlights = new Highlights({
      marks,
      capture: () => page.capture,
      send: (payload) => page.send({ type: FrameType.marks }, payload),
    });
  }

  /** Follows the customer in this window. Idempotent. */
  begin(): void {
    if (this.#following) return;
    this.#following = new AbortController();
    this.#follow(window, this.#following.signal);
  }

  end(): void {
    this.#following?.abort();
    this.#following = undefined;
  }

  /** A window that is mirrored: this one, or an iframe's. */
  mirrored(view: Window, signal: AbortSignal): void {
    const { page, hidesDialogs, onWindow } = this.#options;
    if (!hidesDialogs) watchDialogs(view, (notice) => this.#tellDialog(notice, page.capture), signal);
    if (view !== window) this.#follow(view, signal);
    onWindow(view, signal);
  }

  /** Tells the server which page this is, for the audit. */
  tellPath(): void {
    const { pathname } = window.location;
    if (pathname === this.#path || !pathname.startsWith("/")) return;
    this.#path = pathname;
    this.#options.transport()?.page(pathname);
  }

  #tellDialog(notice: Notice, capture: Capture | undefined): void {
    // A dialog may repeat what the agent must not read.
    const secret = notice.kind === "dialog" && capture?.holdsMasked(notice.text) !== false;
    this.#options.page.notify(ALL_VIEWERS, secret ? { ...notice, text: "" } : notice);
  }

  #follow(view: Window, signal: AbortSignal): void {
    this.#activity.watch(view, signal);
    this.#highlights.watch(view, signal);
  }
}
