import type { SessionView } from "@copane/protocol";
import { expect, test } from "vitest";
import { linesOfOthers, newsOf } from "./news.ts";

const view = { handover: { from: 1, to: 2, endsInMs: 1 } } as SessionView;

test("a hand-over is news for the one who is asked alone", () => {
  expect(newsOf("handover.offered", view, 2)).toBe("asks");
  expect(newsOf("handover.offered", view, 1)).toBeUndefined();
});

test("a customer who comes or is lost is news, what the agent does is none", () => {
  expect(newsOf("customer.joined", view, 1)).toBe("joined");
  expect(newsOf("customer.disconnected", view, 1)).toBe("lost");
  expect(newsOf("control.requested", view, 1)).toBeUndefined();
  expect(newsOf(undefined, view, 1)).toBeUndefined();
});

test("own lines are no news", () => {
  const lines = [{ by: 0 }, { by: 1 }, { by: 0 }, { by: 0 }];
  expect(linesOfOthers(lines, 1, 1)).toBe(2);
  expect(linesOfOthers(lines, 4, 1)).toBe(0);
});
