import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as FrameType from "./frame-type/index.ts";
import { frameRows, frameTable } from "./frames.ts";
import * as limits from "./limits/index.ts";
import { SENT_BY_AGENT, SENT_BY_CUSTOMER } from "./senders.ts";

test("each type has a number, a name and one row", () => {
  expect(frameTable().size).toBe(frameRows.length);
  const named = Object.fromEntries(frameRows.map(({ name, type }) => [name, type]));
  expect(named).toEqual({ ...FrameType });
});

test("clients send what the table lets their role send", () => {
  const bits = (role: "customer" | "agent") =>
    frameRows.reduce((all, { type, from }) => (from[role] ? all | (1 << type) : all), 0);
  expect([SENT_BY_CUSTOMER, SENT_BY_AGENT]).toEqual([bits("customer"), bits("agent")]);
});

test("no payload is larger than any frame may be, and what people say is small", () => {
  for (const { most, rate } of frameRows)
    expect(most).toBeLessThanOrEqual(rate === "talk" ? limits.talkBytes : limits.frameBytes);
});

test("only agents' whispers go to agents alone, and only the customer is shown", () => {
  for (const { name, from } of frameRows) {
    for (const route of [from.customer, from.agent]) {
      if (route?.needs === "show") expect([route, from.customer]).toEqual([from.customer, route]);
      if (route?.to === "agents") expect(name).toBe("whisper");
    }
    expect(from.customer?.to ?? "viewers").toBe("viewers");
    expect(from.agent?.to).not.toBe("viewers");
  }
});

test("every type stands in the document of the wire", () => {
  const document = readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8");
  const routes = ["customer", "agent"] as const;
  for (const { type, name, from, most, rate } of frameRows)
    for (const role of routes) {
      const route = from[role];
      if (!route) continue;
      const size = most === limits.frameBytes ? "1 MB" : most === limits.talkBytes ? "8 KB" : "none";
      const row = [type, `\`${name}\``, role, route.to, size, rate, route.needs, route.whilePaused];
      expect(document).toContain(`| ${row.join(" | ")} |`);
    }
});
