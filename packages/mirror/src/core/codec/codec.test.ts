import { MalformedFrameError } from "@copane/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { allHandlers, features } from "../../testing/all-operations.ts";
import type { OperationName, Sample } from "../../testing/samples.ts";
import {
  startPlace,
  type TreeOperations,
  treeReaders,
  writeElement,
  writeEnd,
  writeMove,
  writeSetAttribute,
  writeShadowRoot,
  writeTextNode,
} from "../tree/wire.ts";
import * as Item from "./item.ts";
import * as Op from "./operations.ts";
import { handledBy, MirrorReader, type OperationHandlers } from "./reader.ts";
import { MirrorWriter } from "./writer.ts";

type Call = [name: string, ...args: unknown[]];

const operations = features.flatMap((feature) => Object.entries(feature.operations)) as [
  OperationName,
  Sample,
][];

/** Records what operations say as data. */
function recorder(): { handlers: OperationHandlers; calls: Call[] } {
  const calls: Call[] = [];
  return { handlers: allHandlers((...call) => calls.push(call)), calls };
}

const writers = new Map(operations);
const call: fc.Arbitrary<[OperationName, ...unknown[]]> = fc.oneof(
  ...operations.map(([name, { args }]) =>
    args.map((given): [OperationName, ...unknown[]] => [name, ...given]),
  ),
);

function write(writer: MirrorWriter, calls: readonly [OperationName, ...unknown[]][]): Uint8Array {
  writer.beginFrame();
  for (const [name, ...args] of calls) writers.get(name)?.write(writer, args);
  return writer.endFrame();
}

/** What is heard of a written operation: a place is opened and closed. */
function heard([name, ...args]: [OperationName, ...unknown[]]): Call[] {
  return name === "place" ? [["startPlace", ...args], ["end"]] : [[name, ...args]];
}

const numbers: Record<OperationName, number> = { ...Op };

test("every operation has a number of its own", () => {
  expect(new Set(Object.values(Op)).size).toBe(Object.keys(Op).length);
});

test("every operation has one writer and one reader, in one folder", () => {
  expect(operations.map(([name]) => name).sort()).toEqual(Object.keys(Op).sort());
  for (const { folder, readers, operations: written } of features) {
    const names = Object.keys(written) as OperationName[];
    expect([folder, readers.map(([number]) => number).sort()]).toEqual([
      folder,
      names.map((name) => numbers[name]).sort(),
    ]);
  }
});

test("every operation is read as it was written", () => {
  for (const [name, { args }] of operations) {
    fc.assert(
      fc.property(args, (given) => {
        const read = recorder();
        new MirrorReader(read.handlers).read(write(new MirrorWriter(), [[name, ...given]]));
        expect(read.calls).toEqual(heard([name, ...given]));
      }),
      { numRuns: 30 },
    );
  }
});

test("operations are read as they were written, over several frames with shared strings", () => {
  fc.assert(
    fc.property(fc.array(fc.array(call, { maxLength: 20 }), { maxLength: 4 }), (frames) => {
      const writer = new MirrorWriter();
      const read = recorder();
      const reader = new MirrorReader(read.handlers);
      for (const calls of frames) {
        read.calls.length = 0;
        const payload = write(writer, calls);
        reader.read(payload);
        expect(read.calls).toEqual(calls.flatMap(heard));
      }
    }),
  );
});

test("a placed subtree is read back with its ids, attributes and text", () => {
  const writer = new MirrorWriter();
  writer.beginFrame();
  startPlace(writer, 1, 0);
  writeElement(writer, Item.html, 2, "ul", ["class", "list"], true);
  writeElement(writer, Item.html, 3, "li", ["class", "list", "id", "a"], "one");
  writeElement(writer, Item.html, 9, "my-card", [], true);
  writeShadowRoot(writer, 10, false);
  writeTextNode(writer, 11, "inside");
  writeEnd(writer);
  writeEnd(writer);
  writeMove(writer, 40, true);
  writeEnd(writer);
  writeEnd(writer);
  const read = recorder();
  new MirrorReader(read.handlers).read(writer.endFrame());
  expect(read.calls).toEqual([
    ["startPlace", 1, 0],
    ["element", Item.html, 2, "ul", ["class", "list"], true],
    ["element", Item.html, 3, "li", ["class", "list", "id", "a"], true],
    ["textNode", 4, "one"],
    ["end"],
    ["element", Item.html, 9, "my-card", [], true],
    ["shadowRoot", 10, false],
    ["textNode", 11, "inside"],
    ["end"],
    ["end"],
    ["move", 40, true],
    ["end"],
    ["end"],
  ]);
});

test("a repeated string crosses the wire once", () => {
  const writer = new MirrorWriter();
  const name = "a-rather-long-class-name another-rather-long-class-name";
  const once = write(writer, [["setAttribute", 5, "class", name]]).length;
  const again = write(writer, [["setAttribute", 5, "class", name]]).length;
  expect(once).toBeGreaterThan(name.length);
  expect(again).toBeLessThan(10);
});

test("an operation that nobody handles is refused", () => {
  const writer = new MirrorWriter();
  writer.beginFrame();
  writeSetAttribute(writer, 5, "class", "card");
  const payload = writer.endFrame();
  const nothing = handledBy({} as TreeOperations, treeReaders.slice(0, 1));
  expect(() => new MirrorReader(nothing).read(payload)).toThrow(MalformedFrameError);
});

test("random bytes are refused as malformed or read, and nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        new MirrorReader(recorder().handlers).read(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedFrameError);
      }
    }),
    { numRuns: 2_000 },
  );
});
