import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { openContext } from "./browser.ts";
import { type PageState, pageState } from "./page-state.ts";
import type { Side } from "./side.ts";
import type { Stack } from "./stack.ts";
import { WireTap } from "./wire.ts";

/** A customer's tab with the real script on whatever page it shows. */
export class Customer implements Side {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly wire: WireTap;
  readonly errors: string[] = [];
  /** Text messages that came from the server, as they came. */
  readonly received: string[] = [];

  private constructor(page: Page, { server, line }: Pick<Stack, "server" | "line">) {
    this.page = page;
    this.context = page.context();
    this.wire = new WireTap(page, server, line);
    page.on("pageerror", (error) => this.errors.push(error.message));
    if (line) return;
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => {
        if (typeof payload === "string") this.received.push(payload);
      });
    });
  }

  /** Opens a page; the script tag is added as if the site had it. */
  static async open(
    browser: Browser,
    stack: Pick<Stack, "server" | "line">,
    url: string,
    { blockWebSocket = false, ...options }: BrowserContextOptions & { blockWebSocket?: boolean } = {},
  ): Promise<Customer> {
    const context = await openContext(browser, { bypassCSP: true, ...options }, "customer");
    if (blockWebSocket) await context.addInitScript(failWebSockets);
    await context.addInitScript((src) => {
      if (window.top !== window) return;
      const add = () => {
        if (window.copane || document.querySelector('script[src*="/sdk/copane.js"]')) return;
        const script = document.createElement("script");
        script.src = src;
        script.dataset.launcher = "off";
        document.head.append(script);
      };
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", add);
      else add();
    }, `${stack.server}/sdk/copane.js`);
    const page = await context.newPage();
    const customer = new Customer(page, stack);
    await page.goto(url);
    return customer;
  }

  /** Starts a session as a site's own button would; gives the key. */
  async start(): Promise<string> {
    await this.page.waitForFunction(() => window.copane !== undefined);
    await this.page.evaluate(() => window.copane?.start({ name: "Test customer", now: true }));
    return this.passphrase();
  }

  /** The key that the widget shows. */
  async passphrase(): Promise<string> {
    return ((await this.page.locator("[data-copane] .passphrase").textContent()) ?? "").trim();
  }

  /** Joins an agent's session by its key. */
  async join(passphrase: string): Promise<void> {
    await this.page.waitForFunction(() => window.copane !== undefined);
    await this.page.evaluate((key) => window.copane?.join(key, { name: "Test customer" }), passphrase);
  }

  /** Presses a button of the widget by its label. */
  async press(label: string): Promise<void> {
    const widget = this.page.locator("[data-copane]");
    // Answers take no click in their first moment; a click that waits for them looks only every half second.
    await widget.getByRole("button", { name: label, exact: true, disabled: false }).waitFor();
    await widget.getByRole("button", { name: label, exact: true }).click();
  }

  /** Answers a suggestion by its key, once it takes an answer. */
  async answer(key: "F2" | "Escape"): Promise<void> {
    await this.page.locator("[data-copane] .note [data-answer]:not([aria-disabled])").first().waitFor();
    await this.page.keyboard.press(key);
  }

  /** Waits for a screen of the widget's panel. */
  async screen(name: string): Promise<void> {
    await this.page.locator(`[data-copane] [data-screen=${name}]`).waitFor();
  }

  /** Waits for the widget's panel to say something. */
  async says(text: string): Promise<void> {
    await this.page.locator("[data-copane] [data-screen]").getByText(text).first().waitFor();
  }

  state(): Promise<PageState> {
    return pageState(this.page);
  }

  screenshot(): Promise<Buffer> {
    return this.page.screenshot({
      animations: "disabled",
      style: ":host([data-copane]) > * { display: none !important }",
    });
  }
}

/** A network in which no WebSocket opens: it fails as one does behind a proxy that knows only HTTP. */
function failWebSockets(): void {
  class BlockedSocket extends EventTarget {
    onclose: ((event: { code: number }) => void) | null = null;
    onerror: (() => void) | null = null;
    readyState = 0;
    bufferedAmount = 0;
    constructor() {
      super();
      setTimeout(() => {
        this.readyState = 3;
        this.onerror?.();
        this.onclose?.({ code: 1006 });
      }, 20);
    }
    close(): void {}
    send(): void {}
  }
  Object.defineProperty(window, "WebSocket", { value: BlockedSocket });
}
