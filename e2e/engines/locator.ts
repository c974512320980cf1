import type { DriverPage } from "../../scripts/drivers/index.ts";
import { eventually } from "../support/wait.ts";
import { type Ask, type Step, stepsOf, wanted } from "./steps.ts";

const find = 'window[Symbol.for("copane.test")]';

/** Most time that an action waits for its element. */
const TIMEOUT_MS = 15_000;

type Point = { x: number; y: number };

interface RoleOptions {
  name?: string | RegExp;
  exact?: boolean;
  /** Only what can be pressed. */
  disabled?: false;
}

/** Ways to look for elements, the same on pages, locators and frames. */
export class Finder {
  readonly page: DriverPage;
  protected readonly steps: Step[];

  constructor(page: DriverPage, steps: Step[]) {
    this.page = page;
    this.steps = steps;
  }

  locator(selector: string): DrivenLocator {
    return this.#further(...stepsOf(selector));
  }

  frameLocator(selector: string): Finder {
    return new Finder(this.page, [...this.steps, ...stepsOf(selector), { inside: true }]);
  }

  getByRole(role: string, { name, exact, disabled }: RoleOptions = {}): DrivenLocator {
    return this.#further({
      role,
      ...(name === undefined ? {} : { name: wanted(name, exact) }),
      ...(disabled === false && { enabled: true }),
    });
  }

  getByLabel(text: string | RegExp, { exact }: { exact?: boolean } = {}): DrivenLocator {
    return this.#further({ label: wanted(text, exact) });
  }

  getByText(text: string | RegExp, { exact }: { exact?: boolean } = {}): DrivenLocator {
    return this.#further({ words: wanted(text, exact) });
  }

  getByPlaceholder(text: string | RegExp, { exact }: { exact?: boolean } = {}): DrivenLocator {
    return this.#further({ placeholder: wanted(text, exact) });
  }

  getByTestId(id: string): DrivenLocator {
    return this.#further({ css: `[data-testid=${JSON.stringify(id)}]` });
  }

  #further(...steps: Step[]): DrivenLocator {
    return new DrivenLocator(this.page, [...this.steps, ...steps]);
  }
}

/** Elements of a page in Firefox or WebKit, with the part of Playwright's `Locator` that tests use. */
export class DrivenLocator extends Finder {
  first(): DrivenLocator {
    return this.nth(0);
  }

  last(): DrivenLocator {
    return this.nth(-1);
  }

  nth(nth: number): DrivenLocator {
    return new DrivenLocator(this.page, [...this.steps, { nth }]);
  }

  filter({ hasText }: { hasText: string | RegExp }): DrivenLocator {
    return new DrivenLocator(this.page, [...this.steps, { has: wanted(hasText) }]);
  }

  async count(): Promise<number> {
    return (await this.#ask("count"))?.answer as number;
  }

  async allTextContents(): Promise<string[]> {
    return (await this.#ask("texts"))?.answer as string[];
  }

  async isVisible(): Promise<boolean> {
    return Boolean((await this.#ask("visible"))?.answer);
  }

  isDisabled = (): Promise<boolean> => this.#wait("disabled");
  isChecked = (): Promise<boolean> => this.#wait("checked");
  isEnabled = async (): Promise<boolean> => !(await this.isDisabled());
  textContent = (): Promise<string> => this.#wait("text");
  innerHTML = (): Promise<string> => this.#wait("html");
  inputValue = (): Promise<string> => this.#wait("value");
  getAttribute = (name: string): Promise<string | null> => this.#wait("attribute", name);
  boundingBox = (): Promise<(Point & { width: number; height: number }) | null> => this.#wait("box");
  focus = (): Promise<void> => this.#wait("focus");
  selectText = (): Promise<void> => this.#wait("select");

  async waitFor({ state = "visible", timeout = TIMEOUT_MS }: WaitOptions = {}): Promise<void> {
    const until: Record<string, () => Promise<boolean>> = {
      visible: () => this.isVisible(),
      hidden: async () => !(await this.isVisible()),
      attached: async () => (await this.count()) > 0,
      detached: async () => (await this.count()) === 0,
    };
    await eventually(`${this} ${state}`, until[state] ?? this.isVisible, { timeoutMs: timeout, everyMs: 40 });
  }

  async click(options: ClickOptions = {}): Promise<void> {
    const { x, y } = await this.#target(options);
    const { clickCount: count = 1, button = "left", modifiers = [] } = options;
    for (const key of modifiers) await this.page.hold(key);
    await this.page.mouse.click([x, y], { count, button });
    for (const key of modifiers) await this.page.release(key);
  }

  dblclick = (): Promise<void> => this.click({ clickCount: 2 });

  async tap(): Promise<void> {
    const { x, y } = await this.#target({});
    await this.page.tap([x, y]);
  }

  async hover(options: ClickOptions = {}): Promise<void> {
    const { x, y } = await this.#target({ ...options, force: true });
    await this.page.mouse.move([x, y]);
  }

  async setChecked(checked: boolean): Promise<void> {
    if ((await this.isChecked()) !== checked) await this.click();
  }

  check = (): Promise<void> => this.setChecked(true);
  uncheck = (): Promise<void> => this.setChecked(false);

  async fill(text: string): Promise<void> {
    await this.#until("fill", text);
  }

  clear = (): Promise<void> => this.fill("");

  /** Chooses as Playwright does, by the page's own means: no driver's keys reach an open list. */
  async selectOption(values: unknown): Promise<void> {
    await this.#until("choose", values);
  }

  async press(key: string): Promise<void> {
    await this.focus();
    await this.page.press(key);
  }

  async pressSequentially(text: string, { delay = 0 }: { delay?: number } = {}): Promise<void> {
    await this.focus();
    await typed(this.page, text, delay);
  }

  async scrollIntoViewIfNeeded(): Promise<void> {
    await this.#target({ force: true });
  }

  /** Calls a function with the element that was found first. */
  async evaluate<T>(work: unknown, arg?: unknown): Promise<T> {
    const call = `async (steps, arg) => {
      const found = ${find}.find(steps)[0];
      return found && { answer: await (${work})(found, arg) };
    }`;
    return this.#retry(() => this.page.run(call, this.steps, arg)) as Promise<T>;
  }

  async evaluateAll<T>(work: unknown, arg?: unknown): Promise<T> {
    const call = `(steps, arg) => (${work})(${find}.find(steps), arg)`;
    return (await this.page.run(call, this.steps, arg)) as T;
  }

  override toString(): string {
    return this.steps
      .map((step) =>
        Object.values(step)
          .map((it) => JSON.stringify(it))
          .join(" "),
      )
      .join(" >> ");
  }

  #ask(what: Ask, arg?: unknown): Promise<{ answer: unknown } | undefined> {
    const call = `(steps, what, arg) => ${find}.ask(steps, what, arg)`;
    return this.page.run(call, this.steps, what, arg) as Promise<{ answer: unknown } | undefined>;
  }

  #wait<T>(what: Ask, arg?: unknown): Promise<T> {
    return this.#retry(() => this.#ask(what, arg)) as Promise<T>;
  }

  async #until(what: Ask, arg: unknown): Promise<void> {
    await eventually(`${this} takes "${what}"`, async () => Boolean((await this.#ask(what, arg))?.answer), {
      timeoutMs: TIMEOUT_MS,
    });
  }

  async #retry(ask: () => Promise<unknown>): Promise<unknown> {
    const found = await eventually(`${this}`, async () => (await ask()) as { answer: unknown } | undefined, {
      timeoutMs: TIMEOUT_MS,
      everyMs: 40,
    });
    return found.answer;
  }

  async #target({ force = false, position }: ClickOptions): Promise<Point> {
    const middle = await eventually(
      `${this} can be clicked`,
      async () => {
        const answer = (await this.#ask("target", force))?.answer;
        if (typeof answer === "string") throw new Error(`it ${answer}`);
        return answer as Point | undefined;
      },
      { timeoutMs: TIMEOUT_MS, everyMs: 40 },
    );
    if (!position) return middle;
    const box = await this.boundingBox();
    return { x: (box?.x ?? 0) + position.x, y: (box?.y ?? 0) + position.y };
  }
}

interface WaitOptions {
  state?: "visible" | "hidden" | "attached" | "detached";
  timeout?: number;
}

interface ClickOptions {
  clickCount?: number;
  button?: "left" | "middle" | "right";
  force?: boolean;
  position?: Point;
  modifiers?: string[];
}

/** Types letter by letter; without a delay all of them at once. */
export async function typed(page: DriverPage, text: string, delay: number): Promise<void> {
  if (!delay) return page.type(text);
  for (const letter of text) {
    await page.type(letter);
    await new Promise((resolve) => setTimeout(resolve, delay));
  }
}
