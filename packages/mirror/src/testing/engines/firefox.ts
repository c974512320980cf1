import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { actionInput } from "./actions.ts";
import { BidiConnection } from "./bidi.ts";
import { ended, said } from "./process.ts";
import { resultOf, scriptOf, until } from "./script.ts";
import type { Engine, EnginePage } from "./types.ts";

/** Starts a Firefox without a window and drives it by WebDriver BiDi, which it speaks itself. */
export async function startFirefox(executablePath: string): Promise<Engine> {
  const profile = mkdtempSync(join(tmpdir(), "copane-firefox-"));
  const args = [
    "--headless",
    "--no-remote",
    "--profile",
    profile,
    "--remote-debugging-port=0",
    "about:blank",
  ];
  const child = spawn(executablePath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: "1", HOME: profile },
  });
  const stop = async () => {
    await ended(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [, address] = await said(child, child.stderr, /WebDriver BiDi listening on (ws:\S+)/);
    const connection = await BidiConnection.open(`${address}/session`);
    await connection.send("session.new", { capabilities: {} });
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
): Promise<EnginePage> {
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
  const evaluate: EnginePage["evaluate"] = async (work, ...args) => {
    const { result, exceptionDetails } = await connection.send("script.callFunction", {
      functionDeclaration: scriptOf(work),
      arguments: [{ type: "string", value: JSON.stringify(args) }],
      awaitPromise: true,
      target: { context },
      // What the page does by a person's hand it may do here: open pickers, copy.
      userActivation: false,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return resultOf((result as { value: string }).value) as never;
  };
  return {
    engine: "firefox",
    goto,
    evaluate,
    waitFor: (work, ...args) => until(() => evaluate(work, ...args), String(work)) as never,
    ...actionInput((source) => connection.send("input.performActions", { context, actions: [source] })),
    screenshot: async () => {
      const { data } = await connection.send("browsingContext.captureScreenshot", { context });
      return Buffer.from(String(data), "base64");
    },
    close: async () => {
      await connection.send("browser.removeUserContext", { userContext });
    },
  };
}
