import { paths } from "@copane/protocol";
import { expect, test } from "vitest";
import { createServer, loadConfig } from "../index.ts";

const base = { port: 0, logLevel: "silent" as const };

test("metrics are closed without a token of their own, and to whoever has another", async () => {
  const closed = await createServer(loadConfig({}, { overrides: base }));
  expect(
    (await closed.app.inject({ url: "/metrics", headers: { authorization: "Bearer x" } })).statusCode,
  ).toBe(404);
  await closed.close();
  const metricsToken = "a token of the tests";
  const open = await createServer(
    loadConfig(
      {},
      { overrides: { ...base, metricsToken: metricsToken.replaceAll(" ", "-"), serverId: "one" } },
    ),
  );
  const ask = (token?: string) =>
    open.app.inject({ url: "/metrics", headers: token ? { authorization: `Bearer ${token}` } : {} });
  expect((await ask()).statusCode).toBe(401);
  expect((await ask("wrong")).statusCode).toBe(401);
  await open.app.inject({ method: "POST", url: paths.customerRequest, payload: { name: "Ada" } });
  const { statusCode, body } = await ask("a-token-of-the-tests");
  expect(statusCode).toBe(200);
  expect(body).toContain('copane_sessions{server="one"} 1');
  expect(body).toContain('copane_session_events_total{event="session.created",server="one"} 1');
  expect(body).toMatch(
    /copane_http_request_seconds_count\{server="one",method="POST",route="[^"]*request",status="201"\} 1/,
  );
  expect(body).not.toContain("Ada");
  const figures = body.split("\n").filter((line) => line && !line.startsWith("#"));
  expect(figures.filter((line) => !line.includes('server="one"'))).toEqual([]);
  await open.close();
});
