import { CopaneError } from "@copane/protocol";
import type { SessionWidget, WidgetContext } from "./config.ts";
import { launcherIn } from "./launcher-locales.ts";
import { launcher as english } from "./locales/en/launcher.ts";

/** As the browser has it: a picture or a form of the page may be called `documentElement`. */
function rootElement(): HTMLElement {
  const getter = Object.getOwnPropertyDescriptor(Document.prototype, "documentElement")?.get;
  return getter?.call(document) as HTMLElement;
}

/**
 * Stands in for the session in a browser that is too old: it says so to whoever asks for help, and otherwise leaves the
 * page alone. Only what browsers of 2018 know is used here.
 */
export function createWidget({ config, idle: shown }: Pick<WidgetContext, "config" | "idle">): SessionWidget {
  const words = () => ({ ...english, ...launcherIn(config.locale || rootElement().lang) });
  let button: HTMLButtonElement | undefined;
  const show = (text: string): HTMLButtonElement => {
    const made = button || (Document.prototype.createElement.call(document, "button") as HTMLButtonElement);
    button = made;
    made.type = "button";
    made.setAttribute("data-copane", "");
    made.setAttribute("aria-live", "polite");
    made.style.cssText =
      `all:initial;position:fixed;bottom:18px;${config.side === "left" ? "left" : "right"}:18px;z-index:2147483646;` +
      "max-width:22em;cursor:pointer;font:600 15px/1.3 system-ui,sans-serif;padding:12px 18px;border-radius:24px;" +
      "background:#1d4ed8;color:#fff";
    made.textContent = text;
    if (!made.parentNode) rootElement().appendChild(made);
    return made;
  };
  const explain = (): never => {
    const { tooOld } = words();
    // Read, it is in nobody's way any more.
    show(tooOld).onclick = shown;
    throw new CopaneError({ code: 3108, name: "BROWSER_TOO_OLD", message: tooOld });
  };
  const refuse = async (): Promise<never> => explain();
  return {
    open: explain,
    start: refuse,
    join: refuse,
    resume: () => Promise.resolve(false),
    stop: () => Promise.resolve(),
    policyChanged: () => {},
    idle: () => {
      if (config.launcher !== false) show(words().open).onclick = () => void refuse().catch(() => {});
      else if (button) button.remove();
    },
  };
}
