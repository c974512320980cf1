import fc from "fast-check";
import * as Item from "../core/codec/item.ts";
import { MirrorWriter } from "../core/codec/writer.ts";
import * as tree from "../core/tree/wire.ts";
import { features } from "./all-operations.ts";
import { Forger } from "./forged-streams.ts";
import type { Sample } from "./samples.ts";

/** Ids of nodes that a stream names: few, so that most of them are there. */
const IDS = 60;

/** What may come where a page has a name or a text. */
const hostileStrings = [
  ...[
    "div",
    "iframe",
    "svg",
    "use",
    "style",
    "template",
    "table",
    "td",
    "select",
    "option",
    "input",
    "textarea",
  ],
  ...[
    "video",
    "dialog",
    "details",
    "slot",
    "x-card",
    "object",
    "frameset",
    "html",
    "body",
    "head",
    "link",
    "form",
  ],
  ...[
    "id",
    "style",
    "class",
    "href",
    "src",
    "type",
    "popover",
    "open",
    "multiple",
    "name",
    "media",
    "slot",
    "data-copane-deep",
  ],
  ...[
    "nextSibling",
    "attributes",
    "parentNode",
    "__proto__",
    "constructor",
    "toString",
    "",
    " ",
    "\u0000",
    "\ud800",
  ],
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "http://10.0.0.1/",
  "#a",
  ".a{color:red}",
  "@import url(data:text/css,a{});",
  "a{".repeat(50),
  "}".repeat(50),
  "(".repeat(300),
  "/* '",
  'u\\72l("',
  "text/css",
  "image/png",
  "stylesheet",
  "x".repeat(5_000),
];

/** Writes what it is given with other ids, and now and then with a text that nobody expects. */
class HostileWriter extends MirrorWriter {
  readonly #random: () => number;

  constructor(random: () => number) {
    super();
    this.#random = random;
  }

  override id(id: number): void {
    super.id(id % IDS);
  }

  override string(text: string): void {
    super.string(this.#text(text));
  }

  override name(value: string, intern?: boolean): void {
    super.name(this.#text(value), intern);
  }

  #text(text: string): string {
    if (this.#random() > 0.4) return text;
    return hostileStrings[Math.floor(this.#random() * hostileStrings.length)] as string;
  }
}

const namespaces = [Item.html, Item.html, Item.html, Item.svg, Item.mathml] as const;

/** Nodes at a random place: elements in one another, texts, shadow roots, documents, moves. */
function writeNodes(out: MirrorWriter, random: () => number, next: () => number): void {
  const below = (most: number) => Math.floor(random() * most);
  tree.startPlace(out, below(IDS), random() < 0.7 ? 0 : below(IDS));
  let depth = 1;
  for (let left = below(12); left > 0; left--) {
    switch (below(8)) {
      case 0:
        tree.writeTextNode(out, next(), "text");
        break;
      case 1:
        tree.writeMove(out, below(IDS), below(2) === 0);
        break;
      case 2:
        tree.writeShadowRoot(out, next(), below(2) === 0);
        depth++;
        break;
      case 3:
        tree.writeDocument(out, next(), "http://site.test/");
        depth++;
        break;
      case 4:
        tree.writeDoctype(out, next(), Math.floor(random() * 3) as 0 | 1 | 2);
        break;
      case 5:
        if (depth > 1) {
          tree.writeEnd(out);
          depth--;
        }
        break;
      default: {
        const attributes = Array.from({ length: 2 * below(4) }, () => "class");
        const content = [true, false, "text"][below(3)] as boolean | string;
        const namespace = namespaces[below(namespaces.length)] as tree.Namespace;
        const id = next();
        if (typeof content === "string") next();
        tree.writeElement(out, namespace, id, "div", attributes, content);
        if (content === true) depth++;
      }
    }
  }
  for (; depth > 0; depth--) tree.writeEnd(out);
}

const operations: [name: string, sample: Sample][] = features.flatMap(({ operations: all }) =>
  Object.entries(all).filter(([name]) => name !== "place"),
);

/** An operation and what it says; `place` writes nodes at random. */
const operation = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ name: "place", args: [] as unknown[] }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...operations)
      .chain(([name, { args }]) => args.map((given) => ({ name, args: given }))),
  },
);

const byName = new Map(operations);

/** Frames of a forged stream: valid operations with hostile values, and some with bytes that are others. */
export const forgedStream: fc.Arbitrary<number[][]> = fc
  .record({
    frames: fc.array(fc.array(operation, { maxLength: 14 }), { minLength: 1, maxLength: 6 }),
    seed: fc.nat(),
    damage: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
    damaged: fc.boolean(),
  })
  .map(({ frames, seed, damage, damaged }) => {
    const random = randomFrom(seed);
    const out = new HostileWriter(random);
    let last = 10;
    const next = () => ++last % IDS;
    const payloads = frames.map((row) => {
      out.beginFrame();
      for (const { name, args } of row) {
        if (name === "place") writeNodes(out, random, next);
        else byName.get(name)?.write(out, args);
      }
      return [...out.endFrame()];
    });
    if (damaged) mutate(payloads, damage);
    return [...new Forger().finish().map((payload) => [...payload]), ...payloads];
  });

/** A real stream with bytes that are others, cut off or twice. */
export function damagedStream(real: readonly number[][]): fc.Arbitrary<number[][]> {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 8,
  });
  return damage.map((changes) => {
    const payloads = real.map((payload) => [...payload]);
    mutate(payloads, changes);
    return payloads;
  });
}

function mutate(payloads: number[][], changes: readonly (readonly [number, number, number])[]): void {
  for (const [frame, at, byte] of changes) {
    const payload = payloads[frame % payloads.length] as number[];
    if (payload.length === 0) continue;
    if (byte % 16 === 0) payload.length = at % payload.length;
    else if (byte % 16 === 1) payload.push(...payload.slice(at % payload.length));
    else payload[at % payload.length] = byte;
  }
}

/** A row of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
