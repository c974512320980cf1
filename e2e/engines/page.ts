import type { DriverPage, EngineName, NativeDialog } from "../../scripts/drivers/index.ts";
import { eventually } from "../support/wait.ts";
import { type DrivenLocator, Finder, typed } from "./locator.ts";
import { picture } from "./screenshot.ts";

type Size = { width: number; height: number };

/** What happens in a page and tests listen for. */
const told = ["pageerror", "dialog"];

/** A page in Firefox or WebKit with the part of Playwright's `Page` that tests use; `browser.ts` guards the rest. */
export class DrivenPage extends Finder {
  readonly engine: EngineName;
  readonly keyboard;
  readonly mouse;
  readonly touchscreen;
  readonly #listeners = new Map<string, ((given: never) => void)[]>();
  readonly #cannot: (step: string) => never;
  #at: [number, number] = [0, 0];
  #size: Size;

  constructor(page: DriverPage, size: Size, cannot: (step: string) => never) {
    super(
      watched(page, (error) => this.#tell("pageerror", new Error(error))),
      [],
    );
    this.engine = page.engine;
    this.#size = size;
    this.#cannot = cannot;
    this.keyboard = {
      press: (key: string) => page.press(key),
      down: (key: string) => page.hold(key),
      up: (key: string) => page.release(key),
      type: (text: string, { delay = 0 } = {}) => typed(page, text, delay),
      // No driver has an input method: what it would write comes by keys.
      insertText: (text: string) => page.type(text),
    };
    this.mouse = {
      move: async (x: number, y: number, { steps = 1 } = {}) => {
        const [fromX, fromY] = this.#at;
        for (let i = 1; i <= steps; i++)
          await page.mouse.move([fromX + ((x - fromX) * i) / steps, fromY + ((y - fromY) * i) / steps]);
        this.#at = [x, y];
      },
      down: () => page.mouse.down(),
      up: () => page.mouse.up(),
      click: async (x: number, y: number, { clickCount: count = 1, button = "left" } = {}) => {
        this.#at = [x, y];
        await page.mouse.click([x, y], { count, button: button as "left" });
      },
      dblclick: (x: number, y: number) => page.mouse.click([x, y], { count: 2 }),
      wheel: (right: number, down: number) => page.mouse.wheel(this.#at, right, down),
    };
    this.touchscreen = { tap: (x: number, y: number) => page.tap([x, y]) };
  }

  on(event: string, listener: (given: never) => void): void {
    // What crosses the network is read by a proxy before the server: see `tap.ts`.
    if (!told.includes(event)) this.#cannot(`tell the page's "${event}" events`);
    const before = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...before, listener]);
    if (event === "dialog" && before.length === 0)
      this.page.onDialog((dialog) => this.#tell("dialog", shown(dialog)));
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url);
    // Runs what each document gets first.
    await this.evaluate("0");
  }

  async evaluate<T>(work: unknown, arg?: unknown): Promise<T> {
    // A text is an expression, a function is called.
    const call = typeof work === "function" ? `(${work})(arg)` : String(work);
    return (await this.page.run(`async (arg) => (${call})`, arg)) as T;
  }

  waitForFunction<T>(work: unknown, arg?: unknown, { timeout = 15_000 } = {}): Promise<T> {
    const ask = () => this.evaluate<T | undefined>(work, arg);
    return eventually(`true: ${work}`, ask, { timeoutMs: timeout, everyMs: 40 }) as Promise<T>;
  }

  async waitForURL(wanted: string | RegExp): Promise<void> {
    const pattern = typeof wanted === "string" ? globbed(wanted) : wanted;
    await eventually(`the address ${wanted}`, async () => pattern.test(await this.evaluate("location.href")));
  }

  async waitForLoadState(state = "load", { timeout = 15_000 } = {}): Promise<void> {
    if (state === "networkidle") await this.waitForFunction(isQuiet, 500, { timeout });
    else await this.waitForFunction("document.readyState === 'complete'", undefined, { timeout });
  }

  waitForTimeout(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  reload = (): Promise<void> => this.page.reload();
  goBack = (): Promise<void> => this.page.go(-1);
  goForward = (): Promise<void> => this.page.go(1);
  bringToFront = (): Promise<void> => Promise.resolve();
  setDefaultTimeout(): void {}
  title = (): Promise<string> => this.evaluate("document.title");
  content = (): Promise<string> => this.evaluate("document.documentElement.outerHTML");
  viewportSize = (): Size => this.#size;

  async setViewportSize(size: Size): Promise<void> {
    await this.page.resize(size);
    this.#size = size;
  }

  async addInitScript(script: unknown, arg?: unknown): Promise<void> {
    await this.page.preload(initText(script, arg));
  }

  screenshot = (options: { style?: string } = {}): Promise<Buffer> => picture(this.page, options.style ?? "");

  // By selector, as use scripts write.
  click = (selector: string, options = {}): Promise<void> => this.locator(selector).click(options);
  dblclick = (selector: string): Promise<void> => this.locator(selector).dblclick();
  hover = (selector: string): Promise<void> => this.locator(selector).hover();
  focus = (selector: string): Promise<void> => this.locator(selector).focus();
  check = (selector: string): Promise<void> => this.locator(selector).check();
  uncheck = (selector: string): Promise<void> => this.locator(selector).uncheck();
  fill = (selector: string, text: string): Promise<void> => this.locator(selector).fill(text);
  type = (selector: string, text: string, options = {}): Promise<void> =>
    this.locator(selector).pressSequentially(text, options);
  press = (selector: string, key: string): Promise<void> => this.locator(selector).press(key);
  selectOption = (selector: string, values: unknown): Promise<void> =>
    this.locator(selector).selectOption(values);
  textContent = (selector: string): Promise<string> => this.locator(selector).textContent();
  inputValue = (selector: string): Promise<string> => this.locator(selector).inputValue();
  isVisible = (selector: string): Promise<boolean> => this.locator(selector).isVisible();
  isChecked = (selector: string): Promise<boolean> => this.locator(selector).isChecked();
  $eval = <T>(selector: string, work: unknown, arg?: unknown): Promise<T> =>
    this.locator(selector).evaluate(work, arg);
  $$eval = <T>(selector: string, work: unknown, arg?: unknown): Promise<T> =>
    this.locator(selector).evaluateAll(work, arg);

  async waitForSelector(selector: string, options = {}): Promise<DrivenLocator> {
    const found = this.locator(selector).first();
    await found.waitFor(options);
    return found;
  }

  close = (): Promise<void> => this.page.close();

  #tell(event: string, given: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(given as never);
  }
}

/** The text of an init script in any of the forms that Playwright takes. */
export function initText(script: unknown, arg?: unknown): string {
  if (typeof script === "function") return `(${script})(${JSON.stringify(arg)})`;
  return typeof script === "string" ? script : (script as { content: string }).content;
}

/** The page, with its uncaught errors told along with each answer. */
function watched(page: DriverPage, tell: (error: string) => void): DriverPage {
  const run: DriverPage["run"] = async (work, ...args) => {
    const call = `async (...args) => {
      const errors = window[Symbol.for("copane.errors")]?.splice(0);
      return { value: await (${work})(...args), errors };
    }`;
    // Nothing comes back from a script that a native dialog held up.
    const answer = (await page.run(call, ...args)) as { value?: unknown; errors?: string[] } | undefined;
    const { value, errors } = answer ?? {};
    for (const error of errors ?? []) tell(error);
    return value;
  };
  return { ...page, run };
}

/** The script that notes a document's uncaught errors. */
export const noteErrors = `
  const errors = [];
  Object.defineProperty(window, Symbol.for("copane.errors"), { value: errors });
  addEventListener("error", ({ message, error }) => { if (error || message) errors.push(message); });
  addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason?.message ?? reason)));
`;

function shown({ type, message, answer }: NativeDialog) {
  return {
    type: () => type,
    message: () => message,
    accept: (text?: string) => answer(true, text),
    dismiss: () => answer(false),
  };
}

function globbed(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\?]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*\*?/g, (stars) => (stars === "*" ? "[^/]*" : ".*"))}$`);
}

/** Runs in the page: whether it is loaded, and nothing more came for a while. */
function isQuiet(ms: number): boolean {
  const ends = performance.getEntriesByType("resource").map((entry) => entry.startTime + entry.duration);
  return document.readyState === "complete" && performance.now() - Math.max(0, ...ends) > ms;
}
