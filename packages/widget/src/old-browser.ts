import { wordsFor } from "@copane/ui";
import { locales } from "./locales/launcher.ts";

/** What a session needs and browsers got last, each with where it stands: see "Browsers" in README.md. */
const needed: readonly [owner: () => object, name: string][] = [
  [() => HTMLElement.prototype, "showPopover"],
  [() => Document.prototype, "adoptedStyleSheets"],
  [() => AbortSignal, "timeout"],
  [() => Array.prototype, "findLast"],
  [() => window, "CompressionStream"],
  [() => window, "WeakRef"],
];

/** As the browser has it: a picture or a form of the page may be called `documentElement`. */
function rootElement(): HTMLElement {
  const getter = Object.getOwnPropertyDescriptor(Document.prototype, "documentElement")?.get;
  return getter?.call(document) as HTMLElement;
}

/** Whether this browser has what a session needs. */
export function canShare(): boolean {
  return needed.every(([owner, name]) => {
    try {
      return name in owner();
    } catch {
      return false;
    }
  });
}

/**
 * Stands in for the loader in a browser that is too old: it says so to whoever asks for help, and otherwise leaves the
 * page alone. Only what browsers of 2018 know is used here.
 */
export function refuse({ launcher, locale, side }: DOMStringMap): void {
  const config = { launcher: launcher !== "off", locale };
  const words = () => wordsFor(config.locale || rootElement().lang || navigator.language, locales);
  let button: HTMLButtonElement | undefined;
  const show = (text: string): HTMLButtonElement => {
    const shown = button || (Document.prototype.createElement.call(document, "button") as HTMLButtonElement);
    button = shown;
    shown.type = "button";
    shown.setAttribute("data-copane", "");
    shown.setAttribute("aria-live", "polite");
    shown.style.cssText =
      `all:initial;position:fixed;bottom:18px;${side === "left" ? "left" : "right"}:18px;z-index:2147483646;` +
      "max-width:22em;cursor:pointer;font:600 15px/1.3 system-ui,sans-serif;padding:12px 18px;border-radius:24px;" +
      "background:#1d4ed8;color:#fff";
    shown.textContent = text;
    if (!shown.parentNode) rootElement().appendChild(shown);
    return shown;
  };
  const explain = (): Promise<never> => {
    const { tooOld } = words();
    // Read, it is in nobody's way any more.
    show(tooOld).onclick = () => (config.launcher ? idle() : button?.remove());
    return Promise.reject(new Error(tooOld));
  };
  const idle = (): void => {
    if (config.launcher) show(words().open).onclick = () => void explain().catch(() => {});
    else if (button) button.remove();
  };
  window.copane = {
    init: (given) => {
      if (given.launcher !== undefined) config.launcher = given.launcher !== false;
      if (given.locale) config.locale = given.locale;
      idle();
    },
    start: explain,
    join: explain,
    stop: () => Promise.resolve(),
    on: () => () => false,
  };
  idle();
}
