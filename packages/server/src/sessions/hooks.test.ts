import { expect, test } from "vitest";
import type { AuditEntry } from "./audit-entry.ts";
import { SessionHooks } from "./hooks.ts";

const session = { id: "s", initiator: "customer" as const, locale: "en", createdAt: 0, participants: [] };
const entry: AuditEntry = { session, event: "session.created", at: 0 };

test("subscribers hear what they have a method for, in the order in which they came", () => {
  const heard: string[] = [];
  const hooks = new SessionHooks({ error: () => {} });
  hooks.subscribe({ event: ({ event }) => heard.push(`first ${event}`) });
  hooks.subscribe({ page: (_session, path) => heard.push(`second ${path}`) });
  hooks.subscribe({ event: ({ event }) => heard.push(`third ${event}`) });
  hooks.emit("event", entry);
  hooks.emit("page", session, "/cart", 0);
  hooks.emit("frame", "customer", 1);
  expect(heard).toEqual(["first session.created", "third session.created", "second /cart"]);
});

test("a subscriber that fails holds up neither the session nor the others", () => {
  const heard: string[] = [];
  const logged: object[] = [];
  const hooks = new SessionHooks({ error: (data) => logged.push(data) });
  hooks.subscribe({
    event: () => {
      throw new TypeError("a name that must not stand in the log");
    },
  });
  hooks.subscribe({ event: ({ event }) => heard.push(event) });
  hooks.emit("event", entry);
  expect(heard).toEqual(["session.created"]);
  expect(logged).toEqual([{ hook: "event", reason: "TypeError" }]);
});
