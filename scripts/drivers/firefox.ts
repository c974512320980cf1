import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { actionInput } from "./actions.ts";
import { BidiConnection } from "./bidi.ts";
import { ended, said, startBound } from "./process.ts";
import { resultOf, scriptOf, until } from "./script.ts";
import type { DriverEngine, DriverPage, EnginePage } from "./types.ts";

/** Starts a Firefox without a window and drives it by WebDriver BiDi, which it speaks itself. */
export async function startFirefox(executablePath: string): Promise<DriverEngine> {
  const profile = mkdtempSync(join(tmpdir(), "copane-firefox-"));
  const args = [
    "--headless",
    "--no-remote",
    "--profile",
    profile,
    "--remote-debugging-port=0",
    "about:blank",
  ];
  const child = startBound(executablePath, args, {
    ...process.env,
    MOZ_CRASHREPORTER_DISABLE: "1",
    HOME: profile,
  });
  const stop = async () => {
    await ended(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [, address] = await said(child, child.stderr, /WebDriver BiDi listening on (ws:\S+)/);
    const connection = await BidiConnection.open(`${address}/session`);
    // Native dialogs are the test's to answer.
    const unhandledPromptBehavior = { default: "ignore", beforeUnload: "accept" };
    await connection.send("session.new", { capabilities: { alwaysMatch: { unhandledPromptBehavior } } });
    await connection.send("session.subscribe", { events: ["browsingContext.userPromptOpened"] });
    return {
      name: "firefox",
      open: (url, size) => open(connection, url, size),
      close: async () => {
        connection.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(
  connection: BidiConnection,
  url: string,
  viewport = { width: 800, height: 600 },
): Promise<DriverPage> {
  // Storage and cookies of its own.
  const { userContext } = await connection.send("browser.createUserContext");
  const { context } = await connection.send("browsingContext.create", { type: "tab", userContext });
  await connection.send("browsingContext.setViewport", { context, viewport });
  // A tab in the background has no focus, and no events of it come there.
  await connection.send("browsingContext.activate", { context });
  const goto = async (to: string) => {
    await connection.send("browsingContext.navigate", { context, url: to, wait: "complete" });
  };
  await goto(url);
  const run: DriverPage["run"] = async (work, ...args) => {
    const { result, exceptionDetails } = await connection.send("script.callFunction", {
      functionDeclaration: scriptOf(work),
      arguments: [{ type: "string", value: JSON.stringify(args) }],
      awaitPromise: true,
      target: { context },
      // What the page does by a person's hand it may do here: open pickers, copy.
      userActivation: false,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return resultOf((result as { value: string }).value);
  };
  const evaluate: EnginePage["evaluate"] = async (work, ...args) =>
    (await run(String(work), ...args)) as never;
  return {
    engine: "firefox",
    goto,
    run,
    evaluate,
    waitFor: (work, ...args) => until(() => evaluate(work, ...args), String(work)) as never,
    ...actionInput((source) => connection.send("input.performActions", { context, actions: [source] })),
    preload: async (script) => {
      const functionDeclaration = `() => { ${script} }`;
      await connection.send("script.addPreloadScript", { functionDeclaration, contexts: [context] });
    },
    reload: async () => {
      await connection.send("browsingContext.reload", { context, wait: "complete" });
    },
    go: async (delta) => {
      await connection.send("browsingContext.traverseHistory", { context, delta });
    },
    resize: async (size) => {
      await connection.send("browsingContext.setViewport", { context, viewport: size });
    },
    onDialog: (listener) =>
      connection.onEvent((method, params) => {
        if (method !== "browsingContext.userPromptOpened" || params.context !== context) return;
        listener({
          type: String(params.type),
          message: String(params.message),
          answer: async (accept, userText) => {
            const answer = { context, accept, ...(userText === undefined ? {} : { userText }) };
            await connection.send("browsingContext.handleUserPrompt", answer);
          },
        });
      }),
    screenshot: async () => {
      const { data } = await connection.send("browsingContext.captureScreenshot", { context });
      return Buffer.from(String(data), "base64");
    },
    close: async () => {
      await connection.send("browser.removeUserContext", { userContext });
    },
  };
}
