import type { CopaneSettings } from "./api.ts";
import { load } from "./loader.ts";

/** The script tag: where the rest comes from, and what the site sets. */
function scriptTag(): HTMLScriptElement | null | undefined {
  // A picture or a form of the page may be called so.
  const native = Object.getOwnPropertyDescriptors(Document.prototype);
  const script =
    native.currentScript?.get?.call(document) ||
    // As a module it is told nowhere.
    native.querySelector.value?.call(document, 'script[type=module][src*="/copane.js"]');
  return script as HTMLScriptElement | null | undefined;
}

const script = scriptTag();
// Twice in a page it is one; what waits for it is a list.
if (script && (!window.copane || Array.isArray(window.copane))) {
  const [address = ""] = script.src.split(/[?#]/);
  const assets = address.slice(0, address.lastIndexOf("/") + 1);
  const { server, launcher, locale, name, side, frames, parents, theme, askName } = script.dataset;
  const settings: CopaneSettings = { server: server || assets.replace(/([^/:]\/)[^/]+\/$/, "$1") };
  if (launcher === "off") settings.launcher = false;
  if (locale) settings.locale = locale;
  if (name) settings.name = name;
  if (side === "left") settings.side = side;
  if (theme === "light" || theme === "dark") settings.theme = theme;
  if (askName !== undefined) settings.askName = true;
  if (frames) settings.frames = frames.split(/\s+/);
  if (parents) settings.parents = parents.split(/\s+/);
  load(settings, (part) => import(`${assets}copane-${part}.js`));
}
