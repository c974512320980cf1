import { verifiedImports } from "@copane/client/verified";
import type { CopaneSettings } from "./api.ts";
import { load } from "./loader.ts";

/**
 * Put in by the build: the folder of this version's scripts, and the hashes of those that are fetched from here. The
 * session's script knows the others, so whoever pins this one pins all.
 */
declare const COPANE_VERSION: string;
declare const COPANE_HASHES: Record<string, string>;

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
  const version = `${COPANE_VERSION}/`;
  // The loader stands in the version's folder, too, for sites that pin it.
  const assets = address.slice(0, address.lastIndexOf("/") + 1).replace(version, "");
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
  const imported = verifiedImports(script.nonce);
  const coming: Record<string, Promise<unknown> | undefined> = {};
  load(settings, (part, hash = COPANE_HASHES[part]) => {
    const url = `${assets}${version}copane-${part}.js`;
    const get = async () => {
      if (part === "mirror") {
        imported(url, hash, true).catch(() => {});
        // It imports the session's script: that has to be there, so that no other one comes.
        await coming.session;
      }
      return imported(url, hash);
    };
    coming[part] ??= get().catch((error) => {
      coming[part] = undefined;
      throw error;
    });
    return coming[part];
  });
}
