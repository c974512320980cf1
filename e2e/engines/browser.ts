import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { type DrivenName, type DriverEngine, startDriver } from "../../scripts/drivers/index.ts";
import { bundle } from "../pages/modules.ts";
import { cannotDo, leaveOut } from "./cannot.ts";
import { DrivenPage, initText, noteErrors } from "./page.ts";

/** Which of the two people a page is for; a witness looks at the customer's page in the agent's engine. */
export type SideName = "customer" | "agent" | "witness";

/** Options of a context that the drivers of Firefox and WebKit have no means for; a test goes on without them. */
const without = ["colorScheme", "reducedMotion", "forcedColors", "locale", "deviceScaleFactor"] as const;

/** Options without which a test makes no sense. */
const needed = ["hasTouch", "isMobile", "javaScriptEnabled", "storageState"] as const;

const viewport = { width: 1280, height: 800 };

/**
 * A browser of one engine for each side: two pages of one browser would take the focus from each other. They start
 * with the first page, and end with the test process.
 */
class DrivenBrowser {
  readonly #name: DrivenName;
  #started: Promise<DriverEngine> | undefined;
  #pages: DrivenPage[] = [];

  constructor(name: DrivenName) {
    this.#name = name;
  }

  isConnected = () => true;
  contexts = () => this.#pages.map((page) => this.#contextOf(page));

  async close(): Promise<void> {
    const engine = await this.#started;
    this.#started = undefined;
    await engine?.close();
  }

  async newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    for (const name of without) if (options[name]) leaveOut(this.#name, `the context's ${name}`);
    for (const name of needed) if (options[name]) cannotDo(this.#name, `the context's ${name}`);
    const scripts = [noteErrors, (await bundle("engines/in-page.ts")).body];
    const size = options.viewport ?? viewport;
    let page: DrivenPage | undefined;
    const context = {
      addInitScript: async (script: unknown, arg?: unknown) => {
        scripts.push(initText(script, arg));
      },
      newPage: async (): Promise<Page> => {
        if (page) this.#cannot("open a second page of a context");
        this.#started ??= startDriver(this.#name);
        const driver = await (await this.#started).open("about:blank", size);
        for (const script of scripts) await driver.preload(script);
        page = new DrivenPage(driver, size, this.#cannot);
        this.#pages.push(page);
        return this.#guarded(page, "page", { context: () => guarded }) as unknown as Page;
      },
      pages: () => (page ? [page] : []),
      close: async () => {
        if (page && this.#pages.includes(page)) await this.#contextOf(page).close();
      },
    };
    const guarded = this.#guarded(context, "context") as unknown as BrowserContext;
    return guarded;
  }

  #contextOf(page: DrivenPage): BrowserContext {
    const close = async () => {
      this.#pages = this.#pages.filter((other) => other !== page);
      await page.close();
    };
    return { close } as unknown as BrowserContext;
  }

  readonly #cannot = (step: string): never => cannotDo(this.#name, step);

  /** What Playwright has beyond ours is named when a test asks for it. */
  #guarded<T extends object>(thing: T, name: string, more: Record<string, unknown> = {}): T {
    return new Proxy(thing, {
      get: (target, member) => {
        if (member in more) return more[member as string];
        // What awaits asks for `then`.
        if (member in target || typeof member === "symbol" || member === "then") {
          const value = Reflect.get(target, member, target);
          return typeof value === "function" ? value.bind(target) : value;
        }
        return this.#cannot(`${name}.${member}`);
      },
    });
  }
}

const running = new Map<string, DrivenBrowser>();

/** The browser of an engine for one side, the same for all test files of the process. */
export function drivenBrowser(name: DrivenName, side: SideName): Browser {
  const key = `${name} ${side}`;
  const browser = running.get(key) ?? new DrivenBrowser(name);
  running.set(key, browser);
  return browser as unknown as Browser;
}

/** Ends all of them. */
export async function closeDriven(): Promise<void> {
  const browsers = [...running.values()];
  running.clear();
  await Promise.all(browsers.map((browser) => browser.close()));
}
