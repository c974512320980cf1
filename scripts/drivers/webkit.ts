import type { ChildProcess } from "node:child_process";
import { freePort } from "../lib/free-port.mjs";
import { actionInput } from "./actions.ts";
import { ended, said, startBound } from "./process.ts";
import { resultOf, scriptOf, until } from "./script.ts";
import type { DriverEngine, DriverPage, EnginePage, NativeDialog } from "./types.ts";
import { XScreen } from "./x-screen.ts";

/** What WebKit needs here: its own browser, the driver, and a screen, which it cannot do without. */
export interface WebKitPaths {
  browser: string;
  driver: string;
  screen: string;
}

type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: object) => Promise<unknown>;

const size = { width: 800, height: 600 };

/** How often a page is asked for nothing but its scripts of `preload`, in milliseconds. */
const POKE_MS = 250;

/** A document that has had the scripts of `preload` carries this. */
const MARK = 'Symbol.for("copane.preloaded")';

/**
 * Starts WebKit's small browser on a screen of its own: browsers on one screen take the focus from each other. It has
 * one window, in which one page comes after the other.
 */
export async function startWebKit(paths: WebKitPaths): Promise<DriverEngine> {
  const children: ChildProcess[] = [];
  const pixels = new XScreen();
  const stop = async () => {
    for (const child of children.reverse()) await ended(child);
    pixels.remove();
  };
  try {
    const screen = startBound(paths.screen, [
      ...pixels.args,
      "-displayfd",
      "1",
      "-screen",
      "0",
      "1500x1100x24",
      "-nolisten",
      "tcp",
    ]);
    children.push(screen);
    const [, display] = await said(screen, screen.stdout, /(\d+)\n/);
    const port = await freePort();
    const driver = startBound(paths.driver, [`--port=${port}`], {
      ...process.env,
      DISPLAY: `:${display}`,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      WEBKIT_DISABLE_COMPOSITING_MODE: "1",
      LIBGL_ALWAYS_SOFTWARE: "1",
    });
    children.push(driver);
    const call = caller(`http://127.0.0.1:${port}`);
    await until(() => call("GET", "/status").catch(() => undefined), "WebKitWebDriver");
    let session: Call | undefined;
    return {
      name: "webkit",
      open: async (url, wanted = size) => {
        session ??= await begin(call, paths.browser);
        return open(session, pixels, url, wanted);
      },
      close: async () => {
        await session?.("DELETE", "");
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Opens the browser's window and gives the calls to it. */
async function begin(call: Call, binary: string): Promise<Call> {
  const alwaysMatch = {
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": { binary, args: ["--automation"] },
    // Native dialogs are the test's to answer.
    unhandledPromptBehavior: "ignore",
  };
  const answer = await call("POST", "/session", { capabilities: { alwaysMatch } });
  const { sessionId } = answer as { sessionId: string };
  // One call at a time: a script that is asked for while the page goes to another one holds up both for good.
  let last: Promise<unknown> = Promise.resolve();
  return (method, path, body) => {
    const next = last.then(() => call(method, `/session/${sessionId}${path}`, body));
    last = next.catch(() => {});
    return next;
  };
}

async function open(
  session: Call,
  pixels: XScreen,
  url: string,
  size: { width: number; height: number },
): Promise<DriverPage> {
  const goto = async (to: string) => {
    await session("POST", "/url", { url: to }).catch((error: Error) => {
      throw new Error(`${to}: ${error.message}`);
    });
  };
  const preloads: string[] = [];
  const call = (script: string, ...args: unknown[]) => session("POST", "/execute/sync", { script, args });
  const run: DriverPage["run"] = async (work, ...args) => {
    const script = `if (${preloads.length} && !window[${MARK}]) return "new";
      return (${scriptOf(work)})(arguments[0])`;
    const given = JSON.stringify(args);
    let answer = await call(script, given);
    if (answer === "new") {
      await call(`if (window[${MARK}]) return;
        Object.defineProperty(window, ${MARK}, { value: true });
        ${preloads.map((preload) => `(() => { ${preload} })();`).join("\n")}`);
      answer = await call(script, given);
    }
    // A script that opens a native dialog is answered before it ends; it goes on when the dialog is answered.
    if (answer === null) {
      await until(
        async () => !(await dialogText(session)) && !(await dialogText(session)),
        "an answered dialog",
      );
      return undefined;
    }
    return resultOf(answer);
  };
  const evaluate: EnginePage["evaluate"] = async (work, ...args) =>
    (await run(String(work), ...args)) as never;
  const waitFor: EnginePage["waitFor"] = (work, ...args) =>
    until(() => evaluate(work, ...args), String(work)) as never;
  const resize: DriverPage["resize"] = async ({ width, height }) => {
    if (await evaluate((w, h) => innerWidth === w && innerHeight === h, width, height)) return;
    const [barWidth = 0, barHeight = 0] = await evaluate(() => [
      outerWidth - innerWidth,
      outerHeight - innerHeight,
    ]);
    const wanted = { x: 0, y: 0, width: width + barWidth, height: height + barHeight };
    await session("POST", "/window/rect", wanted);
    await waitFor((w, h) => innerWidth === w && innerHeight === h, width, height);
  };
  let closed = false;
  let poke: NodeJS.Timeout | undefined;
  await goto(url);
  await resize(size);
  return {
    engine: "webkit",
    goto,
    run,
    evaluate,
    waitFor,
    ...actionInput((source) => session("POST", "/actions", { actions: [source] })),
    preload: async (script) => {
      // A page that goes on to another one by itself needs a call for the scripts to come there.
      if (preloads.length === 0) poke = setInterval(() => void run("() => {}").catch(() => {}), POKE_MS);
      preloads.push(script);
    },
    reload: async () => {
      await session("POST", "/refresh");
    },
    go: async (steps) => {
      for (let i = 0; i < Math.abs(steps); i++) await session("POST", steps < 0 ? "/back" : "/forward");
    },
    resize,
    onDialog: (listener) => {
      void watchDialogs(session, listener, () => closed);
    },
    // The driver's own answers only when something is painted anew, which a page at rest is not.
    screenshot: async () => {
      const [width, height, top] = await evaluate(
        () => [innerWidth, innerHeight, outerHeight - innerHeight] as const,
      );
      return pixels.picture({ left: 0, top, width, height });
    },
    close: async () => {
      closed = true;
      clearInterval(poke);
      for (let left = 10; left > 0 && (await dialogText(session)); left--)
        await session("POST", "/alert/accept").catch(() => {});
      // The window is the next page's too: nothing of this one may be left, and a page that goes may still store.
      const { origin } = new URL(await evaluate(() => location.href));
      if (origin.startsWith("http")) {
        await goto(`${origin}/copane-nothing-here`);
        await evaluate(() => {
          localStorage.clear();
          sessionStorage.clear();
        });
        await session("DELETE", "/cookie");
      }
      await goto("about:blank");
    },
  };
}

/** What the native dialog says that stands in the window; undefined while there is none. */
async function dialogText(session: Call): Promise<{ message: string } | undefined> {
  return session("GET", "/alert/text").then(
    (message) => ({ message: String(message) }),
    () => undefined,
  );
}

/** The driver tells no events: it is asked, again and again. */
async function watchDialogs(
  session: Call,
  listener: (dialog: NativeDialog) => void,
  closed: () => boolean,
): Promise<void> {
  while (!closed()) {
    const dialog = await dialogText(session);
    if (!dialog) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    await new Promise<void>((resolve) => {
      listener({
        type: "unknown",
        message: dialog.message,
        answer: async (accept, text) => {
          if (text !== undefined) await session("POST", "/alert/text", { text });
          await session("POST", accept ? "/alert/accept" : "/alert/dismiss", {});
          resolve();
        },
      });
    });
  }
}

/** Calls of the classic WebDriver protocol. They reject with the driver's error. */
function caller(base: string): Call {
  return async (method, path, body) => {
    const response = await fetch(base + path, {
      method,
      ...(method === "POST" && {
        body: JSON.stringify(body ?? {}),
        headers: { "content-type": "application/json" },
      }),
      signal: AbortSignal.timeout(30_000),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (response.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`${method} ${path}: ${error}: ${message}`);
  };
}
