import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openContext, sharedBrowser } from "../support/browser.ts";
import { clientId, type SignInSite, signInSite } from "../support/oidc.ts";
import { type Stack, startStack } from "../support/stack.ts";

const button = "Sign in with your company's account";
let browser: Browser;

beforeAll(async () => {
  browser = await sharedBrowser();
});

describe("at the company's OpenID Connect provider", () => {
  let stack: Stack;
  let company: SignInSite;
  let context: BrowserContext;

  beforeAll(async () => {
    // A minute before its end a sign-in is renewed.
    company = await signInSite(65);
    stack = await startStack({ oidcIssuer: company.issuer, oidcClientId: clientId, devSignIn: false });
    await company.open(stack.server);
    context = await openContext(browser, {}, "agent");
  });
  afterAll(async () => {
    await context.close();
    company.close();
    await stack.close();
  });

  const tokenOf = (page: Page) =>
    page.evaluate(() => JSON.parse(localStorage["copane.agent"]).token as string);

  test("an agent signs in, in all tabs at once, stays so, and signs out of all", async () => {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${stack.server}/desk/#key=12345678`);
    expect(await page.getByLabel("Sign-in code").count()).toBe(0);
    await page.getByRole("button", { name: button }).click();
    await page.locator("[name=login]").fill("grace");
    await page.locator("[name=password]").fill("any");
    await page.locator("button[type=submit]").click();
    // What the desk asks for is agreed to.
    await page.locator("button[type=submit]").click();

    // Where the link led to before the sign-in.
    await page.getByLabel("Session key").waitFor();
    expect(await page.getByLabel("Session key").inputValue()).toBe("1234 5678");
    expect(page.url()).toBe(`${stack.server}/desk/`);
    await page.getByText("Grace Hopper").waitFor();
    // The role comes from the token's claim.
    await page.getByText("Sessions under way").waitFor();

    const second = await context.newPage();
    await second.goto(`${stack.server}/desk/`);
    await second.getByLabel("Session key").waitFor();

    const first = await tokenOf(page);
    await page.waitForFunction((token) => JSON.parse(localStorage["copane.agent"]).token !== token, first);
    await page.getByText("Sessions under way").waitFor();

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.locator("button[value=yes]").click();
    await page.getByRole("button", { name: button }).waitFor();
    await second.getByRole("button", { name: button }).waitFor();
    expect(errors).toEqual([]);
  });

  test("an agent whom the provider refuses reads so, and may try again", async () => {
    const page = await context.newPage();
    await page.goto(`${stack.server}/desk/`);
    await page.getByRole("button", { name: button }).click();
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByRole("alert").filter({ hasText: "did not succeed" }).waitFor();
    expect(page.url()).toBe(`${stack.server}/desk/`);
    await page.getByRole("button", { name: button }).waitFor();
  });
});

describe("with a token from elsewhere", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ jwtSecret: "a secret of the tests, long enough", devSignIn: false });
  });
  afterAll(() => stack.close());

  test.each([
    ["a bad one", "no.token.atall", "not valid or has expired"],
    [
      "an expired one",
      `e30.${Buffer.from('{"sub":"g","exp":1}').toString("base64url")}.x`,
      "This token has expired",
    ],
  ])("%s is refused at once, with the reason", async (_what, token, reason) => {
    const context = await openContext(browser, {}, "agent");
    const page = await context.newPage();
    await page.goto(`${stack.server}/desk/`);
    await page.getByLabel("Agent token (JWT)").fill(token);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: reason }).waitFor();
    // What the server does not offer is not shown.
    expect(await page.getByText("Use a code instead").count()).toBe(0);
    await context.close();
  });
});
