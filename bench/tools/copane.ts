import { AgentView, Customer, startStack } from "@copane/e2e";
import { paths, type Ticket } from "@copane/protocol";
import type { Bytes, Tool } from "./types.ts";

/** Us: the built script on the customer's page, the real server, a real agent. */
export async function copane(): Promise<Tool> {
  const stack = await startStack();
  return {
    name: "copane",
    script: "/sdk/copane",
    async open(browser, url) {
      const customer = await Customer.open(browser, stack, url);
      await customer.page.waitForFunction(() => window.copane !== undefined);
      const agent = await AgentView.open(browser, stack);
      return {
        page: customer.page,
        customer,
        viewer: agent,
        start: async () => agent.join(await begin(customer)),
        // The scripted use knows no widget: what lies under it must be clicked as without one.
        clearTheWay: () =>
          customer.page.locator("[data-copane]").evaluate((host: HTMLElement) => {
            host.style.setProperty("visibility", "hidden", "important");
          }),
        bytes: () => bytesOf(customer),
        further: async () => void (await customer.page.reload()),
        async next() {
          await agent.page.evaluate(() => window.agentView.leave());
          const other = await Customer.open(browser, stack, url);
          return {
            page: other.page,
            start: async () => agent.join(await other.start()),
            bytes: () => bytesOf(other),
            close: () => other.context.close(),
          };
        },
        errors: async () => [
          ...customer.errors,
          ...(await agent.page.evaluate(() => window.agentView.errors())).map((error) => `agent: ${error}`),
        ],
        async close() {
          await agent.context.close();
          await customer.context.close();
        },
      };
    },
    close: () => stack.close(),
  };
}

/**
 * Begins a session and gives its key, by as few questions to the page as the other tools get: each costs it
 * milliseconds.
 */
async function begin({ page }: Customer): Promise<string> {
  const answered = page.waitForResponse((response) => response.url().endsWith(paths.customerRequest));
  await page.evaluate(() => window.copane?.start({ name: "Test customer", now: true }));
  const { passphrase } = (await (await answered).json()) as Ticket;
  return passphrase as string;
}

/** Headers included. */
async function bytesOf({ wire }: Customer): Promise<Bytes> {
  return { raw: wire.writtenBytes, wire: wire.mirrorBytes };
}
