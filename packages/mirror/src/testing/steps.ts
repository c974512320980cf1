import fc from "fast-check";

/**
 * One thing that a page does to itself. Nodes are picked by number among those that stand there then, so that
 * every step means something whatever came before and sequences can be shortened.
 */
export type Step =
  | { do: "insert"; parent: number; before: number; what: number; text: string }
  | { do: "remove"; node: number }
  | { do: "move"; node: number; parent: number; before: number }
  | { do: "text"; node: number; text: string }
  | { do: "attribute"; node: number; name: string; value: string }
  | { do: "unset"; node: number; name: string }
  | { do: "html"; node: number; html: number }
  | { do: "reverse"; node: number }
  | { do: "wrap"; node: number }
  | { do: "unwrap"; node: number }
  | { do: "split"; node: number; at: number }
  | { do: "normalise"; node: number }
  | { do: "shadow"; node: number; html: number }
  | { do: "frame"; node: number; html: number }
  | { do: "value"; node: number; value: string }
  | { do: "check"; node: number; on: boolean }
  | { do: "choose"; node: number; option: number }
  | { do: "rule"; node: number; index: number; rule: number }
  | { do: "unrule"; node: number; index: number }
  | { do: "adopt"; rule: number }
  | { do: "mask"; node: number; how: number }
  | { do: "wait" }
  | { do: "resync" };

const pick = fc.nat({ max: 40 });
const word = fc.constantFrom("one", "two three", "", "Ærø", "日本", "  ", "x".repeat(60), "a<b>&c");
const attribute = fc.constantFrom("class", "title", "data-x", "style", "hidden", "type", "dir", "open");
const value = fc.constantFrom("a", "b c", "", "color: red", "text", "checkbox", "rtl", "width: 50px");
const html = fc.nat({ max: 9 });

const insertion: fc.Arbitrary<Step> = fc.record({
  do: fc.constant("insert" as const),
  parent: pick,
  before: pick,
  what: fc.nat({ max: 15 }),
  text: word,
});
// Long sequences find more than many short ones; a failing one is shortened anyway.
const size = { minLength: 1, maxLength: 50, size: "max" } as const;

const structural: fc.Arbitrary<Step>[] = [
  fc.record({ do: fc.constant("remove" as const), node: pick }),
  fc.record({ do: fc.constant("move" as const), node: pick, parent: pick, before: pick }),
  fc.record({ do: fc.constant("text" as const), node: pick, text: word }),
  fc.record({ do: fc.constant("attribute" as const), node: pick, name: attribute, value }),
  fc.record({ do: fc.constant("unset" as const), node: pick, name: attribute }),
  fc.record({ do: fc.constant("html" as const), node: pick, html }),
  fc.record({ do: fc.constant("reverse" as const), node: pick }),
  fc.record({ do: fc.constant("wrap" as const), node: pick }),
  fc.record({ do: fc.constant("unwrap" as const), node: pick }),
  fc.record({ do: fc.constant("split" as const), node: pick, at: fc.nat({ max: 4 }) }),
  fc.record({ do: fc.constant("normalise" as const), node: pick }),
  fc.record({ do: fc.constant("shadow" as const), node: pick, html }),
  fc.record({ do: fc.constant("frame" as const), node: pick, html }),
  fc.record({ do: fc.constant("value" as const), node: pick, value: word }),
  fc.record({ do: fc.constant("check" as const), node: pick, on: fc.boolean() }),
  fc.record({ do: fc.constant("choose" as const), node: pick, option: fc.nat({ max: 3 }) }),
  fc.record({
    do: fc.constant("rule" as const),
    node: pick,
    index: fc.nat({ max: 3 }),
    rule: fc.nat({ max: 5 }),
  }),
  fc.record({ do: fc.constant("unrule" as const), node: pick, index: fc.nat({ max: 3 }) }),
  fc.record({ do: fc.constant("adopt" as const), rule: fc.nat({ max: 5 }) }),
];
const pauses: fc.Arbitrary<Step>[] = [
  fc.constant({ do: "wait" as const }),
  fc.constant({ do: "wait" as const }),
  fc.constant({ do: "resync" as const }),
];
const masks: fc.Arbitrary<Step> = fc.record({
  do: fc.constant("mask" as const),
  node: pick,
  how: fc.nat({ max: 5 }),
});

/** What a page may do, in which order ever. */
export const steps = fc.array(fc.oneof(...structural, insertion, insertion, insertion, ...pauses), size);

/** The same with elements that become masked, hidden and plain again. */
export const maskedSteps = fc.array(
  fc.oneof(masks, masks, masks, ...structural, insertion, insertion, insertion, ...pauses),
  size,
);
