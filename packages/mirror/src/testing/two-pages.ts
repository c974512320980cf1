import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { ControlPolicy } from "../control/index.ts";
import { bundled } from "./bundle.ts";

declare global {
  interface Window {
    toOther: (kind: string, bytes: number[]) => void;
  }
}

const viewport = { width: 800, height: 600 };

async function open(browser: Browser, html: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport, ...options });
  // The customer's answers to native dialogs are up to the test.
  const page = await context.newPage();
  await page.route("http://site.test/**", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><html><body style="margin:0">${html}</body></html>`,
    }),
  );
  await page.goto("http://site.test/");
  await page.addScriptTag({ content: await bundled("in-page-control.ts") });
  await page.evaluate(() => {
    window.events = window.copaneTest.recordEvents();
  });
  return page;
}

/** A customer's page and an agent's, of the same size and joined without a server. */
export class TwoPages {
  readonly customer: Page;
  readonly agent: Page;

  private constructor(customer: Page, agent: Page) {
    this.customer = customer;
    this.agent = agent;
  }

  static async open(
    browser: Browser,
    html: string,
    {
      policy = {},
      customer: theirs = {},
      agent: ours = {},
    }: {
      policy?: ControlPolicy;
      customer?: BrowserContextOptions;
      agent?: BrowserContextOptions;
    } = {},
  ): Promise<TwoPages> {
    const customer = await open(browser, html, theirs);
    const agent = await open(browser, "", ours);
    const join = (from: Page, to: Page) =>
      from.exposeFunction("toOther", (kind: string, bytes: number[]) => {
        to.evaluate(([what, sent]) => window.side.receive(what, sent), [kind, bytes] as const).catch(
          () => {},
        );
      });
    await join(customer, agent);
    await join(agent, customer);
    await agent.evaluate(() => {
      document.body.style.height = "100vh";
      window.side = window.copaneTest.startAgentSide((...args) => window.toOther(...args)) as never;
    });
    await customer.evaluate((given) => {
      window.side = window.copaneTest.startCustomerSide((...args) => window.toOther(...args), given) as never;
    }, policy);
    await agent.waitForFunction(() => window.side.ready());
    return new TwoPages(customer, agent);
  }

  /** Until nothing is under way. */
  async settle(): Promise<void> {
    for (let last = -1, now = 0; last !== now; ) {
      last = now;
      await this.agent.waitForTimeout(100);
      now = await this.customer.evaluate(() => window.events.length);
    }
  }

  events(): Promise<string[]> {
    return this.customer.evaluate(() => window.events.splice(0));
  }

  notices(): Promise<unknown[]> {
    return this.agent.evaluate(() => window.side.notices);
  }

  async close(): Promise<void> {
    await this.customer.context().close();
    await this.agent.context().close();
  }
}

/** The events of what `act` does to the page alone, by the browser's own hand. */
export async function byHand(
  browser: Browser,
  html: string,
  act: (page: Page) => Promise<unknown>,
  options: BrowserContextOptions = {},
): Promise<string[]> {
  const page = await open(browser, html, options);
  await act(page);
  await page.waitForTimeout(100);
  const events = await page.evaluate(() => window.events);
  await page.context().close();
  return events;
}
