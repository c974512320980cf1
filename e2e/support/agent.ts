import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type {} from "./agent-view.ts";
import { openContext } from "./browser.ts";
import type { PageState } from "./page-state.ts";
import { pageState } from "./page-state.ts";
import type { Viewer } from "./side.ts";
import { type Stack, signInCode } from "./stack.ts";
import { eventually } from "./wait.ts";

/** The minimal agent's page, driven from a test. */
export class AgentView implements Viewer {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #stack: Stack;

  private constructor(page: Page, stack: Stack) {
    this.page = page;
    this.context = page.context();
    this.#stack = stack;
  }

  static async open(browser: Browser, stack: Stack, options: BrowserContextOptions = {}): Promise<AgentView> {
    const context = await openContext(browser, options, "agent");
    const page = await context.newPage();
    await page.goto(stack.agentView);
    return new AgentView(page, stack);
  }

  /** Joins a customer; one after the other is another session of the same agent. */
  async join(passphrase: string): Promise<void> {
    const before = await this.page.evaluate(() => window.agentView.pictures());
    await this.page.evaluate(([server, code, key]) => window.agentView.join(server, code, key), [
      this.#stack.agentServer,
      signInCode,
      passphrase,
    ] as const);
    await this.picture(before);
  }

  /** Asks for control, has the customer allow it, and waits until both know. */
  async takeControl(customer: { press(label: string): Promise<void> }): Promise<void> {
    await this.page.evaluate(() => window.agentView.requestControl());
    await customer.press("Allow");
    await eventually("control at the agent", () =>
      this.page.evaluate(() => window.agentView.session()?.control.holder !== undefined),
    );
  }

  /** Waits for the first complete picture, or the next one after `beyond`. */
  async picture(beyond = 0): Promise<void> {
    await eventually("a complete picture at the agent", () =>
      this.page.evaluate((count) => window.agentView.pictures() > count, beyond),
    );
  }

  /** The title does not stand in the replica: it comes as an event. */
  async state(): Promise<PageState> {
    const state = await pageState(this.page, "agentView.document()");
    return { ...state, title: await this.page.evaluate(() => window.agentView.page()?.title ?? "") };
  }

  seen(): Promise<Record<string, number>> {
    return this.page.evaluate(() => window.agentView.seen());
  }

  /** The middle of an element in the replica, for real mouse input at the agent. Looks into shadow roots. */
  pointOf(selector: string): Promise<{ x: number; y: number }> {
    return eventually(`"${selector}" in the replica`, () =>
      this.page.evaluate((steps) => {
        const find = (root: ParentNode, wanted: string): Element | undefined => {
          for (const element of root.querySelectorAll("*")) {
            if (element.matches(wanted) && element.getBoundingClientRect().width > 0) return element;
            const inner = element.shadowRoot && find(element.shadowRoot, wanted);
            if (inner) return inner;
          }
          return undefined;
        };
        let found: Element | undefined;
        let root: ParentNode = window.agentView.document();
        for (const step of steps) {
          found = find(root, step);
          if (!found) return undefined;
          root = found.shadowRoot ?? found;
        }
        const box = found?.getBoundingClientRect();
        return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }, selector.split(" >> ")),
    );
  }

  /** Clicks with the mouse; turns the wheel first when the element is out of sight. */
  async click(selector: string): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    const { x, y } = await eventually(`"${selector}" in sight of the agent`, async () => {
      const point = await this.pointOf(selector);
      if (point.y > 0 && point.y < height) return point;
      await this.page.mouse.move(width / 2, height / 2);
      await this.page.mouse.wheel(0, Math.round(point.y - height / 2));
      await this.#moved(selector, point.y);
      return undefined;
    });
    await this.page.mouse.click(x, y);
  }

  /** Waits until the element is elsewhere and stays there; where it cannot be moved, not for long. */
  async #moved(selector: string, from: number): Promise<void> {
    let last = from;
    await eventually(
      `"${selector}" moved`,
      async () => {
        const { y } = await this.pointOf(selector);
        const rests = y === last && y !== from;
        last = y;
        return rests;
      },
      { timeoutMs: 1_000, everyMs: 50 },
    ).catch(() => {});
  }

  /** Clicks a field and types with real keys. */
  async type(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await this.page.keyboard.type(text, { delay: 15 });
  }

  screenshot(): Promise<Buffer> {
    return this.page.screenshot({
      animations: "disabled",
      style: ".copane-cursor, .copane-surface { visibility: hidden !important }",
    });
  }
}
