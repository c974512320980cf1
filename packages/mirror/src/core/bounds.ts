import { CataloguedError } from "@copane/protocol";
import { type CssSize, cssSize } from "./css-size.ts";

/**
 * What one page of the replica can have at once, with all that is in its frames. Whoever sends a stream can write
 * anything, and what is built of it is laid out in the desk's own tab: beyond these numbers browsers stand still, or
 * end. No page that people made comes near them.
 */
const most = {
  /** Elements, texts, shadow roots and documents. */
  nodes: 150_000,
  /** Iframes. */
  frames: 128,
  /** Characters of texts, and of what stands in fields. */
  text: 2_500_000,
  /** Rules of styles, each counted as often as it has selectors. */
  rules: 200_000,
  /** Characters of styles. */
  css: 32_000_000,
  /** Nodes inside of one another, through shadow roots and frames; from `FREE_DEPTH` on in plain blocks. */
  depth: 2_100,
  /** Blocks, brackets and groups inside of one another in CSS. */
  nesting: 96,
  /** Attributes of one element. */
  attributes: 1_000,
  /** Characters of one attribute, or of one field. */
  value: 4_000_000,
  /** Elements that `use` elements of SVG copy, with the copies in them. */
  copies: 40_000,
  /** What one frame of the stream has to do, in steps of about a microsecond. */
  work: 1_000_000,
} as const;

export type Bound = keyof typeof most;

/** A page counts these while they stand in it. */
export type Counted = "nodes" | "frames" | "text" | "rules" | "css";

/** A stream asks for more than a page can have: it is not gone on with. */
export class BoundsError extends CataloguedError {
  constructor(bound: Bound) {
    super("PAGE_TOO_LARGE", { field: bound });
  }
}

/** Counts what a page of the replica has. Every method throws `BoundsError` beyond what it can have. */
export class Bounds {
  readonly #counts: Record<Counted, number> = { nodes: 0, frames: 0, text: 0, rules: 0, css: 0 };
  #worked = 0;
  /** How much was done before this frame. */
  #before = 0;

  /** A frame of the stream begins. */
  beginFrame(): void {
    this.#before = this.#worked;
  }

  /** @param steps about as many microseconds as it takes */
  work(steps: number): void {
    this.#worked += steps;
    if (this.#worked - this.#before > most.work) throw new BoundsError("work");
  }

  /** Steps so far, of all frames. */
  get worked(): number {
    return this.#worked;
  }

  /** @param count below 0 for what has gone */
  add(counted: Counted, count: number): void {
    this.#counts[counted] += count;
    if (count > 0 && this.#counts[counted] > most[counted]) throw new BoundsError(counted);
  }

  /** How many nodes there are: what goes through all of them costs so many steps. */
  get nodes(): number {
    return this.#counts.nodes;
  }

  /** Measures CSS that is not nested too deep. */
  css(css: string): CssSize {
    const size = cssSize(css, most.nesting);
    this.check("nesting", size.nesting);
    this.check("rules", size.rules);
    return size;
  }

  /** Refuses CSS, or what may be read as such, that is nested too deep. */
  nesting(css: string): void {
    this.check("nesting", cssSize(css, most.nesting).nesting);
  }

  /** Refuses what is more than there can be of a kind. */
  check(bound: Bound, amount: number): void {
    if (amount > most[bound]) throw new BoundsError(bound);
  }
}
