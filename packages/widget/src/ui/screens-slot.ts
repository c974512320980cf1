import type { RareScreens } from "./panel.ts";

type Load = () => Promise<typeof import("../screens.ts")>;

/** The place of the screens that most sessions never come to, and of what lifts the widget over a modal dialog. */
export class ScreensSlot {
  readonly #load: Load;
  readonly #changed: () => void;
  #screens: RareScreens | undefined;
  #state: "idle" | "called" | "failed" = "idle";

  /** @param changed what `complete` was asked for is there, or will not come */
  constructor(load: Load, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  get now(): RareScreens | undefined {
    return this.#screens;
  }

  /** Whether what is to be drawn can be. Rare things are called for; what did not come is drawn without them. */
  complete(rare: boolean): boolean {
    // The next one tries again.
    if (!rare && this.#state === "failed") this.#state = "idle";
    if (!rare || this.#screens || this.#state === "failed") return true;
    if (this.#state === "idle") {
      this.#state = "called";
      this.#load()
        .then(
          ({ rareScreens }) => {
            this.#screens = rareScreens;
          },
          (error) => {
            this.#state = "failed";
            console.warn("copane: a part could not be loaded", error);
          },
        )
        .then(this.#changed);
    }
    return false;
  }

  /** Sees to it that `shown` can be used while a modal dialog of the page makes all inert that stands outside of it. */
  watchModals(host: HTMLElement, shown: HTMLElement): void {
    const types = ["toggle", "focusin", "close"];
    const look = () => {
      if (!shown.isConnected || !document.querySelector("dialog:modal")) return;
      for (const type of types) removeEventListener(type, look, true);
      this.#load().then(
        ({ Lift }) => new Lift(host, shown),
        () => this.watchModals(host, shown),
      );
    };
    // No one event tells of every dialog in every browser; each that opens takes the focus.
    for (const type of types) addEventListener(type, look, true);
  }
}
