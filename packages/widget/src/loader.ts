import { seatKey } from "@copane/client/seat-key";
import type { Copane, CopaneEvents, CopaneSettings, CopaneStatus } from "./api.ts";
import { canShare } from "./can-share.ts";
import type { Known, SessionWidget, WidgetContext } from "./config.ts";
import { keepNative, watchEarly } from "./early.ts";
import { launcherWords } from "./launcher-words.ts";

/** What a site called and set before the script was there. */
export type Waiting = ((copane: Copane) => void)[] & CopaneSettings;

type Listening = [type: string, listener: (event: never) => void];

const idleStatus = { state: "idle", agents: [], controlled: false } as unknown as CopaneStatus;

/**
 * What every page of the site pays for before a session: it makes `window.copane`, shows the launcher, and fetches the
 * rest when the customer wants help or when this tab already shares its page.
 * @param settings what is known of the site; nothing begins before there is a `server`
 * @param fetch fetches a script of ours by its name
 */
export function load(settings: CopaneSettings, fetch: WidgetContext["fetch"]): Copane {
  const waiting = (window.copane ?? []) as Waiting;
  const calls = waiting.splice(0);
  const old = !canShare();
  const native = keepNative();
  const early = old ? undefined : watchEarly(native);
  const { Document: documents, Function: functions } = native;
  const asFunction = functions?.call?.value;
  // By what the browser has: a picture or a form of the page may be called `createElement`.
  const page = (name: "documentElement" | "readyState") => asFunction(documents?.[name]?.get)(document);
  const make = <K extends "div" | "button">(tag: K): HTMLElementTagNameMap[K] =>
    asFunction(documents?.createElement?.value)(document, tag);

  const listeners: Listening[] = [];
  const present: WidgetContext["present"] = { change: idleStatus };
  const tell = (entry: Listening, event: unknown): void =>
    queueMicrotask(() => {
      if (listeners.includes(entry)) entry[1](event as never);
    });
  let widget: Promise<SessionWidget> | undefined;
  let context: WidgetContext | undefined;
  let begun = false;

  const wearTheme = (host: HTMLElement): void =>
    host.style.setProperty("color-scheme", known.theme ?? "inherit", "important");

  const prepare = (): WidgetContext => {
    if (context) return context;
    const host = make("div");
    host.dataset.copane = "";
    // No rule of the page makes it a box: it would take place in the page, and the page's look would be on it.
    host.style.cssText = "all:initial!important;display:contents!important";
    wearTheme(host);
    const root = host.attachShadow({ mode: "open" });
    context = {
      config: known,
      fetch,
      early: early as WidgetContext["early"],
      host,
      root,
      present,
      emit: (type, event) => {
        for (const entry of listeners) if (entry[0] === type) tell(entry, event);
      },
      idle: showLauncher,
    };
    stay(host);
    return context;
  };

  /** A page that draws or writes itself anew throws out what is not its own: it comes back, more slowly each time. */
  const stay = (host: HTMLElement): void => {
    let times = 0;
    const put = (): void => {
      const root = page("documentElement");
      if (!root) return;
      if (!host.isConnected) root.append(host);
      watch.observe(root, { childList: true });
    };
    const watch = new MutationObserver(() =>
      setTimeout(put, host.isConnected ? 0 : Math.min(times++ * 20, 1_000)),
    );
    watch.observe(document, { childList: true });
    put();
  };

  const session = (): Promise<SessionWidget> => {
    if (widget) return widget;
    widget = fetch(old ? "old-browser" : "session").then(
      (script) =>
        (script as { createWidget(context: object): SessionWidget | Promise<SessionWidget> }).createWidget(
          old ? { config: known, idle: showLauncher } : prepare(),
        ),
      (error) => {
        widget = undefined;
        throw Object.assign(error, { name: "SCRIPT_MISSING", code: 3109 });
      },
    );
    // Asked for here, both come at once; the session asks for it again when it shares the page.
    if (!old) fetch("mirror").catch(() => {});
    return widget;
  };

  const showLauncher = (): void => {
    if (old) {
      session().then(({ idle }) => idle?.(), console.warn);
      return;
    }
    const { root } = prepare();
    if (known.launcher === false) {
      root.replaceChildren();
      return;
    }
    const button = make("button");
    button.type = "button";
    const language = known.locale || page("documentElement").lang;
    const own = known.words?.[(language || navigator.language).slice(0, 2)];
    const words = launcherWords(button, fetch, language).then((ours) => ({ ...ours, ...own }));
    words.then(({ open }) => (button.textContent = open));
    button.ariaLive = "polite";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `button{all:initial;position:fixed;bottom:18px;${known.side === "left" ? "left" : "right"}:18px;z-index:2147483646;` +
        "cursor:pointer;font:600 15px/1.2 system-ui,sans-serif;padding:12px 18px;border-radius:24px;" +
        "background:var(--copane-accent,#1d4ed8);color:var(--copane-on-accent,#fff);box-shadow:0 4px 16px #0004}" +
        "button:hover{filter:brightness(1.1)}button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #1d4ed8}@media print{button{display:none}}",
    );
    root.adoptedStyleSheets = [sheet];
    button.onclick = () => {
      session().then(
        (loaded) => loaded.open({}),
        async (error) => {
          button.textContent = (await words).failed;
          console.error("copane: the session script did not load", error);
        },
      );
    };
    root.replaceChildren(button);
  };

  const begin = async (): Promise<void> => {
    // In a frame the page has no session of its own: it is part of that of the page outside, if both want it.
    if (!old && known.parents && top !== window) {
      const { listen } = (await fetch("frame")) as typeof import("./frame.ts");
      listen({ settings: known, fetch, early, ready: () => page("readyState") !== "loading" });
      return;
    }
    if (!old && seated()) {
      const loaded = session();
      // The page's scripts come first: they may say what is to be hidden.
      if (page("readyState") === "loading")
        await new Promise((done) => addEventListener("DOMContentLoaded", done));
      if (await (await loaded).resume()) return;
    }
    showLauncher();
    follow();
    addEventListener("hashchange", follow);
  };

  /** An agent's link has the key behind a `#`: it is taken from the address, and the customer asked. */
  const follow = (): void => {
    const [found, key] = location.hash.match(/[#&]copane=([\d-]+)/) ?? [];
    if (!found || known.link === false) return;
    history.replaceState(history.state, "", location.href.replace(found, ""));
    methods.start({ key }).catch(console.warn);
  };

  const init = (given: CopaneSettings): void => {
    Object.assign(known, given);
    if (context) wearTheme(context.host);
    if (!begun) {
      begun = !!known.server;
      // A script in the head runs before there is anything to hang the launcher on; and all that the site sets now is
      // set before anything is shown.
      if (begun) queueMicrotask(() => begin().catch(showLauncher));
    } else if (!widget || old) showLauncher();
    else if (given.privacy) widget.then((loaded) => loaded.policyChanged()).catch(() => {});
  };
  const methods: Pick<Copane, "init" | "identify" | "start" | "join" | "stop" | "on" | "push"> = {
    init,
    identify: ({ token, metadata }) => init({ identity: token, metadata }),
    start: async (options = {}) => (await session())[options.now ? "start" : "open"](options),
    join: async (key, options) => (await session()).join(key, options),
    stop: async (reason) => {
      if (widget) await (await widget).stop(reason);
    },
    on: <K extends keyof CopaneEvents>(type: K, listener: (event: CopaneEvents[K]) => void) => {
      const entry: Listening = [type, listener];
      listeners.push(entry);
      if (present[type]) tell(entry, present[type]);
      return () => {
        const at = listeners.indexOf(entry);
        if (at >= 0) listeners.splice(at, 1);
      };
    },
    push: (call) => call(copane),
  };
  const known: Known & Copane = Object.assign({ ...idleStatus, ...settings }, waiting, methods) as never;
  // To set a property is to call `init()`.
  const copane = new Proxy(known, {
    set: (_target, name, value) => {
      init({ [name]: value });
      return true;
    },
  });
  window.copane = copane;
  for (const call of calls) call(copane);
  init({});
  return copane;
}

function seated(): boolean {
  try {
    return sessionStorage.getItem(seatKey("customer")) !== null;
  } catch {
    return false;
  }
}
