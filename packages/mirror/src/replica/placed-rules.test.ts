import fc from "fast-check";
import { expect, test } from "vitest";
import { PlacedRules } from "./placed-rules.ts";

test("rules stand in the order of their positions, in whatever order they come", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 })), (positions) => {
      const rules = new PlacedRules();
      positions.forEach((position, i) => {
        rules.put(position, `${position}/${i}`);
      });
      const last = new Map(positions.map((position, i) => [position, `${position}/${i}`]));
      const text = [...last].sort(([one], [other]) => one - other).map(([, rule]) => rule);
      expect(rules.take() ?? "").toBe(text.join("\n"));
      expect(rules.take()).toBeUndefined();
    }),
  );
});
