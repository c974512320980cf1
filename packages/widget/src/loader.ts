import { seatKey } from "@copane/client/seat-key";
import { watchOpened } from "@copane/mirror/opened";
import { wordsFor } from "@copane/ui";
import type { CopaneConfig, CopaneEvents, SessionWidget, WidgetContext } from "./config.ts";
import { locales } from "./locales/launcher.ts";
import { canShare, refuse } from "./old-browser.ts";

/**
 * What every page of the site pays for before a session: this file. It shows the launcher, and fetches
 * the rest when the customer wants help or when this tab already shares its page.
 */
interface CopaneApi {
  init(config: CopaneConfig): void;
  /** Opens the panel, where the customer consents and starts. With `now`, starts at once: the site has asked. */
  start(options?: { name?: string; now?: boolean }): Promise<void>;
  /** Joins an agent's session by its key. */
  join(key: string, options?: { name?: string }): Promise<void>;
  stop(reason?: string): Promise<void>;
  on<K extends keyof CopaneEvents>(type: K, listener: (event: CopaneEvents[K]) => void): () => void;
}

declare global {
  interface Window {
    copane?: CopaneApi;
  }
}

/** What `packages/mirror/src/core/dom` asks by. */
const interfaces = [
  "EventTarget Node CharacterData Document DocumentFragment ShadowRoot Element SVGElement MathMLElement HTMLElement",
  "Anchor Button Canvas Dialog Form IFrame Image Input Label Link Media Object Option Select Slot Style TextArea Video",
];
const ofWindow =
  "getComputedStyle getSelection frameElement matchMedia scrollTo scrollX scrollY innerWidth innerHeight visualViewport";

function load(script: HTMLScriptElement | null): void {
  if (window.copane || !script) return;
  if (!canShare()) {
    refuse(script.dataset);
    return;
  }
  const { Document: native, HTMLInputElement: inputs, Function: functions } = keepNative();
  const asFunction = functions?.call?.value;
  // By what the browser has: a picture or a form of the page may be called `createElement`.
  const page = (name: "documentElement" | "readyState") => asFunction(native?.[name]?.get)(document);
  const make = <K extends "div" | "button">(tag: K): HTMLElementTagNameMap[K] =>
    asFunction(native?.createElement?.value)(document, tag);
  const typeOf = asFunction(inputs?.type?.get);
  const early = {
    closedRoots: new WeakMap(),
    internals: new WeakMap(),
    sheets: new WeakMap(),
    properties: new WeakMap<Document, string[]>(),
    opened: new WeakMap(),
    passwords: new WeakSet(),
    typed: new Set<Element>(),
  };
  const watchTypes = typesWatcher(early.passwords);
  const watchTyping = (root: EventTarget): void =>
    root.addEventListener("input", (event) => noteTyped(event, typeOf, early.typed), {
      capture: true,
      passive: true,
    });
  watchTyping(window);
  watchOpened(window, early.opened);
  watchTypes(document);
  keep(Element.prototype, "attachShadow", (root, self) => {
    early.closedRoots.set(self, root as ShadowRoot);
    watchTypes(root as ShadowRoot);
    // Outside of a closed one nobody sees which field it is.
    if ((root as ShadowRoot).mode === "closed") watchTyping(root as ShadowRoot);
  });
  keep(HTMLElement.prototype, "attachInternals", (given, self) =>
    early.internals.set(self, given as ElementInternals),
  );
  keep(CSSStyleSheet.prototype, "replaceSync", (_, self, text) => early.sheets.set(self, String(text)));
  const registered: string[] = [];
  early.properties.set(document, registered);
  keep(CSS, "registerProperty", (_given, _self, definition) => registered.push(JSON.stringify(definition)));
  const assets = new URL(".", script.src).href;
  const { server, launcher, locale, name, side, frames, parents } = script.dataset;
  const config: WidgetContext["config"] = { server: server || new URL("..", assets).href, assets };
  if (launcher === "off") config.launcher = false;
  if (locale) config.locale = locale;
  if (name) config.name = name;
  if (side === "left") config.side = side;
  if (frames) config.frames = frames.split(/\s+/);

  const listeners = new Set<[string, (event: never) => void]>();
  let widget: Promise<SessionWidget> | undefined;
  let context: WidgetContext | undefined;

  const prepare = (): WidgetContext => {
    if (context) return context;
    const host = make("div");
    host.dataset.copane = "";
    // No rule of the page makes it a box: it would take place in the page, and the page's look would be on it.
    host.style.cssText = "all:initial!important;display:contents!important";
    const root = host.attachShadow({ mode: "open" });
    context = {
      config,
      early,
      host,
      root,
      emit: (type, event) => {
        for (const [wanted, listener] of listeners) if (wanted === type) listener(event as never);
      },
      idle: showLauncher,
    };
    page("documentElement").append(host);
    return context;
  };

  const session = (): Promise<SessionWidget> => {
    if (widget) return widget;
    const fetched = (name: string) => import(`${assets}copane-${name}.js`);
    // Asked for here, both come at once; the session asks for it again when it shares the page.
    fetched("mirror").catch(() => {});
    widget = fetched("session").then(
      ({ createWidget }: { createWidget(context: WidgetContext): Promise<SessionWidget> }) =>
        createWidget(prepare()),
      (error) => {
        widget = undefined;
        throw error;
      },
    );
    return widget;
  };

  const showLauncher = (): void => {
    const { root } = prepare();
    if (config.launcher === false) {
      root.replaceChildren();
      return;
    }
    const button = make("button");
    button.type = "button";
    const text = wordsFor(config.locale || page("documentElement").lang || navigator.language, locales);
    button.textContent = text.open;
    button.ariaLive = "polite";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `button{all:initial;position:fixed;bottom:18px;${config.side === "left" ? "left" : "right"}:18px;z-index:2147483646;` +
        "cursor:pointer;font:600 15px/1.2 system-ui,sans-serif;padding:12px 18px;border-radius:24px;" +
        "background:var(--copane-accent,#1d4ed8);color:var(--copane-on-accent,#fff);box-shadow:0 4px 16px #0004}" +
        "button:hover{filter:brightness(1.1)}button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #1d4ed8}@media print{button{display:none}}",
    );
    root.adoptedStyleSheets = [sheet];
    button.onclick = () => {
      session().then(
        (loaded) => loaded.open(),
        (error) => {
          button.textContent = text.failed;
          console.error("copane: the session script did not load", error);
        },
      );
    };
    root.replaceChildren(button);
  };

  window.copane = {
    init: (given) => {
      Object.assign(config, given);
      if (!widget) showLauncher();
      else if (given.privacy) widget.then((loaded) => loaded.policyChanged()).catch(() => {});
    },
    start: async (options = {}) => {
      if (options.name) config.name = options.name;
      const loaded = await session();
      if (options.now) await loaded.start(options.name);
      else loaded.open();
    },
    join: async (key, options = {}) => (await session()).join(key, options.name),
    stop: async (reason) => {
      if (widget) await (await widget).stop(reason);
    },
    on: (type, listener) => {
      const entry: [string, (event: never) => void] = [type, listener as (event: never) => void];
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };

  /** In a frame the page has no session of its own: it is part of that of the page outside, if both want it. */
  const join = (allowed: readonly string[]): void => {
    // Not before the page's scripts had the time to say what they hide.
    const hello = () => {
      if (page("readyState") !== "loading") parent.postMessage("copane.hello", "*");
    };
    addEventListener("message", async ({ data, origin, source, ports: [port] }) => {
      if ((source !== parent && source !== top) || !allowed.includes(origin)) return;
      if (data === "copane.ask") hello();
      if (data !== "copane.port" || !port) return;
      const { join: start } = await import(`${assets}copane-frame-guest.js`);
      const { privacy: policy, control, frames: inner } = config;
      start({ port, parents: allowed, policy, control, frames: inner, early });
    });
    addEventListener("DOMContentLoaded", hello);
    addEventListener("pageshow", ({ persisted }) => persisted && hello());
    hello();
  };

  const begin = async (): Promise<void> => {
    if (parents && parent !== window) {
      join(parents.split(/\s+/));
      return;
    }
    if (seated()) {
      const loaded = session();
      // The page's scripts come first: they may say what is to be hidden.
      if (page("readyState") === "loading")
        await new Promise((done) => addEventListener("DOMContentLoaded", done));
      if (await (await loaded).resume()) return;
    }
    showLauncher();
  };
  // A script in the head runs before there is anything to hang the launcher on.
  begin().catch(showLauncher);
}

/** Keeps what the session asks the page by as the browser made it: the page's scripts may put others in its place. */
function keepNative(): Record<string, PropertyDescriptorMap> {
  const window = globalThis as unknown as Record<string, { prototype: object }>;
  const [plain = "", html = ""] = interfaces;
  const kept: Record<string, PropertyDescriptorMap> = {};
  for (const name of `${plain} ${html.replace(/\w+/g, "HTML$&Element")}`.split(" "))
    kept[name] = Object.getOwnPropertyDescriptors(window[name]?.prototype ?? {});
  const ofItself: PropertyDescriptorMap = {};
  for (const name of ofWindow.split(" "))
    ofItself[name] = Object.getOwnPropertyDescriptor(window, name) as PropertyDescriptor;
  kept.Window = ofItself;
  const { bind, call } = Function.prototype;
  kept.Function = { call: { value: bind.bind(call) } };
  Object.defineProperty(window, Symbol.for("copane.native"), { value: kept });
  return kept;
}

/** Notes which fields were passwords before a page showed what stands in them; never what that is. */
function typesWatcher(passwords: WeakSet<Node>): (root: Node) => void {
  const observer = new MutationObserver((records) => {
    for (const { target, oldValue } of records) if (/^password$/i.test(oldValue ?? "")) passwords.add(target);
  });
  const options = { attributes: true, attributeFilter: ["type"], attributeOldValue: true, subtree: true };
  return (root) => observer.observe(root, options);
}

/** More passwords than this nobody types in one page: the newest are kept. */
const MOST_TYPED = 16;

/** Notes which passwords were typed into, since a page can show them in another element; never what was typed. */
function noteTyped(event: Event, typeOf: (field: Element) => string, typed: Set<Element>): void {
  const [field] = event.composedPath();
  if (!(field instanceof HTMLInputElement) || typeOf(field) !== "password") return;
  typed.delete(field);
  typed.add(field);
  for (const oldest of typed) if (typed.size > MOST_TYPED) typed.delete(oldest);
}

/** Hears what a method was given or gave out: a closed shadow root, say, can be asked of nobody later. */
function keep<T extends object>(
  owner: T,
  name: string,
  hear: (result: unknown, self: T, argument: unknown) => void,
): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (!descriptor?.configurable || !descriptor.value) return;
  const wrapper = {
    [name](this: T, ...args: unknown[]): unknown {
      const result = descriptor.value.apply(this, args);
      hear(result, this, args[0]);
      return result;
    },
  };
  Object.defineProperty(owner, name, { ...descriptor, value: wrapper[name] });
}

function seated(): boolean {
  try {
    return sessionStorage.getItem(seatKey("customer")) !== null;
  } catch {
    return false;
  }
}

const { get } = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript") as PropertyDescriptor;
load(get?.call(document));
