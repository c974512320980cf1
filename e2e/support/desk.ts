import type { Browser, BrowserContextOptions, FrameLocator, Page } from "playwright-core";
import { openContext } from "./browser.ts";
import { type Stack, signInCode } from "./stack.ts";

/** The real desk, operated as an agent would: by what is written on it. */
export class Desk {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(
    browser: Browser,
    stack: Pick<Stack, "server"> & Partial<Pick<Stack, "agentServer">>,
    options: BrowserContextOptions = {},
    hash = "",
  ): Promise<Desk> {
    const context = await openContext(browser, options, "agent");
    const page = await context.newPage();
    await page.goto(`${stack.agentServer ?? stack.server}/desk/${hash}`);
    return new Desk(page);
  }

  async signIn(name = "Robin"): Promise<void> {
    await this.page.getByLabel("Your name").fill(name);
    await this.page.getByLabel("Sign-in code").fill(signInCode);
    await this.press("Sign in");
    await this.page.getByLabel("Session key").waitFor();
  }

  /** Gives the key of a session: its last digit joins. What the customer has to allow first may still be missing. */
  async giveKey(passphrase: string): Promise<void> {
    await this.page.getByLabel("Session key").fill(passphrase);
  }

  async joinByKey(passphrase: string): Promise<void> {
    await this.giveKey(passphrase);
    await this.ready();
  }

  /** Makes a key for a customer to type. */
  async makeKey(): Promise<string> {
    await this.press("Make a key");
    return ((await this.page.locator("[data-passphrase]").textContent()) ?? "").trim();
  }

  async press(label: string): Promise<void> {
    await this.page.getByRole("button", { name: label, exact: true }).click();
  }

  /** Presses what stands under "More ways to help". */
  async more(label: string): Promise<void> {
    await this.press("More ways to help");
    await this.page.getByRole("menuitem", { name: label, exact: true }).click();
  }

  /** Begins a suggestion, and chooses its element from the list instead of pointing at it. */
  async suggest(): Promise<void> {
    await this.more("Suggest a step…");
    await this.press("Choose from a list");
  }

  /** Looks at the page in another way, by the list behind the zoom's figure. */
  async look(label: string): Promise<void> {
    await this.page.getByRole("button", { name: /^Zoom: / }).click();
    await this.page.getByText(label, { exact: true }).click();
    await this.page.keyboard.press("Escape");
    await this.page.getByText(label, { exact: true }).waitFor({ state: "hidden" });
  }

  /** The first complete picture of the customer's page stands. */
  async ready(): Promise<void> {
    await this.page.locator("[data-stage][data-ready=true]").waitFor();
  }

  /** The line that says how things stand. */
  async says(text: string): Promise<void> {
    await this.page.getByRole("status").filter({ hasText: text }).first().waitFor();
  }

  /** The customer's page as the agent sees it. */
  get replica(): FrameLocator {
    return this.page.frameLocator("[data-stage] iframe:not([style*='visibility: hidden'])");
  }

  /** A click with the mouse on an element of the replica, through whatever lies over it. */
  async clickInReplica(selector: string): Promise<void> {
    const box = await this.replica.locator(selector).first().boundingBox();
    if (!box) throw new Error(`${selector} is not to be seen in the replica`);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** The middle of the customer's page as it is shown. */
  async centre(): Promise<{ x: number; y: number }> {
    const box = await this.page.locator("[data-stage] iframe").first().boundingBox();
    if (!box) throw new Error("the customer's page is not to be seen");
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
