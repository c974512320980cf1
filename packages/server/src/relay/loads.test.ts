import { paths } from "@copane/protocol";
import { expect, test } from "vitest";
import { type Config, createServer, loadConfig } from "../index.ts";
import { call, Peer } from "../testing/peer.ts";

test("agents are told what their browsers may load by themselves, customers are not", async () => {
  const overrides: Partial<Config> = {
    port: 0,
    logLevel: "silent",
    devSignIn: true,
    devSignInCode: "123456",
    agentLoads: "none",
    agentLoadsAllow: ["cdn.example"],
  };
  const server = await createServer(loadConfig({}, { overrides }));
  const base = await server.listen();
  const post = async (path: string, body: object, token?: string) =>
    (await call(base, "POST", path, { body, ...(token ? { token } : {}) })).body;
  const asked = await post(paths.customerRequest, { name: "Ada" });
  const customer = Peer.webSocket(base, "customer", asked.token);
  expect(await customer.message("welcome")).not.toHaveProperty("loads");
  const { token } = await post(paths.agentSignIn, { name: "Bo", code: "123456" });
  const joined = await post(paths.agentLiveJoin, { name: "Bo", passphrase: asked.passphrase }, token);
  const agent = Peer.webSocket(base, "agent", joined.token);
  expect(await agent.message("welcome")).toMatchObject({ loads: { from: "none", allow: ["cdn.example"] } });
  await server.close();
});
