import { type ChildProcess, spawn } from "node:child_process";
import { freePort } from "../../../../../scripts/lib/free-port.mjs";
import { actionInput } from "./actions.ts";
import { ended, said } from "./process.ts";
import { resultOf, scriptOf, until } from "./script.ts";
import type { Engine, EnginePage } from "./types.ts";

/** What WebKit needs here: its own browser, the driver, and a screen, which it cannot do without. */
export interface WebKitPaths {
  browser: string;
  driver: string;
  screen: string;
}

type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: object) => Promise<unknown>;

const size = { width: 800, height: 600 };

/**
 * Starts WebKit's small browser on a screen of its own: browsers on one screen take the focus from each other. It has
 * one window, in which one page comes after the other.
 */
export async function startWebKit(paths: WebKitPaths): Promise<Engine> {
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await ended(child);
  };
  try {
    const screen = spawn(
      paths.screen,
      ["-displayfd", "1", "-screen", "0", "1500x1100x24", "-nolisten", "tcp"],
      {
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    children.push(screen);
    const [, display] = await said(screen, screen.stdout, /(\d+)\n/);
    const port = await freePort();
    const driver = spawn(paths.driver, [`--port=${port}`], {
      stdio: "ignore",
      env: {
        ...process.env,
        DISPLAY: `:${display}`,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
        WEBKIT_DISABLE_COMPOSITING_MODE: "1",
        LIBGL_ALWAYS_SOFTWARE: "1",
      },
    });
    children.push(driver);
    const call = caller(`http://127.0.0.1:${port}`);
    await until(() => call("GET", "/status").catch(() => undefined), "WebKitWebDriver");
    let session: Call | undefined;
    return {
      name: "webkit",
      open: async (url, wanted = size) => {
        session ??= await begin(call, paths.browser);
        return open(session, url, wanted);
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
  return (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
}

async function open(
  session: Call,
  url: string,
  { width, height }: { width: number; height: number },
): Promise<EnginePage> {
  const goto = async (to: string) => {
    await session("POST", "/url", { url: to });
  };
  const evaluate: EnginePage["evaluate"] = async (work, ...args) => {
    const script = `return (${scriptOf(work)})(arguments[0])`;
    return resultOf(
      await session("POST", "/execute/sync", { script, args: [JSON.stringify(args)] }),
    ) as never;
  };
  const waitFor: EnginePage["waitFor"] = (work, ...args) =>
    until(() => evaluate(work, ...args), String(work)) as never;
  await goto(url);
  if (!(await evaluate((w, h) => innerWidth === w && innerHeight === h, width, height))) {
    const [barWidth = 0, barHeight = 0] = await evaluate(() => [
      outerWidth - innerWidth,
      outerHeight - innerHeight,
    ]);
    const wanted = { x: 0, y: 0, width: width + barWidth, height: height + barHeight };
    await session("POST", "/window/rect", wanted);
    await waitFor((w, h) => innerWidth === w && innerHeight === h, width, height);
  }
  return {
    engine: "webkit",
    goto,
    evaluate,
    waitFor,
    ...actionInput((source) => session("POST", "/actions", { actions: [source] })),
    screenshot: async () => Buffer.from(String(await session("GET", "/screenshot")), "base64"),
    close: () => goto("about:blank"),
  };
}

/** Calls of the classic WebDriver protocol. They reject with the driver's error. */
function caller(base: string): Call {
  return async (method, path, body) => {
    const response = await fetch(base + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      signal: AbortSignal.timeout(30_000),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (response.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`${method} ${path}: ${error}: ${message}`);
  };
}
