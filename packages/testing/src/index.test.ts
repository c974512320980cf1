import { afterAll, beforeAll, expect, test } from "vitest";
import { FakeAgent, FakeCustomer, startTestServer, type TestServer } from "./index.ts";

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startTestServer({ presence: true, consent: ["view", "control"] });
  token = await server.agentToken();
});
afterAll(() => server.close());

test("a customer who waits is joined by the key, consents, and grants what is asked for", async () => {
  const customer = await FakeCustomer.start(server.url, {
    reference: "chat-1",
    identity: await server.identity({ id: "c-17", name: "Ada Lovelace" }),
  });
  const agent = await FakeAgent.join(server.url, token, { key: customer.key ?? "" });
  await agent.until("the consent", () => agent.session.consent.given.includes("view"));
  expect(agent.session.customer).toEqual({ id: "c-17", reference: "chat-1" });
  const asked = agent.requestControl();
  await customer.event("control.requested");
  await customer.grantControl();
  expect(await asked).toBe(true);
  await customer.revokeControl();
  await agent.event("control.revoked");
  await customer.pause();
  await agent.event("session.paused");
  await customer.resume();
  await agent.leave();
  await customer.event("session.closed");
  expect(customer.over).toBe(true);
});

test("they answer by themselves, and what the rules forbid is refused", async () => {
  const agent = await FakeAgent.start(server.url, token);
  const customer = await FakeCustomer.join(server.url, agent.key ?? "", { consent: false, control: false });
  await agent.until("the refusal", () => agent.session.consent.refused.includes("view"));
  await expect(agent.requestControl()).rejects.toMatchObject({ name: "CONSENT_MISSING" });
  await expect(customer.grantControl()).rejects.toMatchObject({ code: 3007 });
  customer.vanish();
  await agent.event("customer.disconnected");
  await expect(agent.event("control.granted", 50)).rejects.toThrow(/Waited in vain for control.granted/);
  await agent.leave();
});
