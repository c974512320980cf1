import { groupOf, type Mark, type MarkGroup, markLimits } from "./wire.ts";

/** A mark as it stands here: with the nodes it hangs on, where they are known, and when it goes. */
export interface Entry {
  mark: Mark;
  nodes: readonly Node[];
  /** On this page's clock; infinite for a mark that stays. */
  expires: number;
}

/** The set of marks in the order of their making, bounded for each owner; fading ones go by themselves. */
export class MarkStore {
  readonly #entries = new Map<string, Entry>();
  readonly #onChange: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get all(): Iterable<Entry> {
    return this.#entries.values();
  }

  get size(): number {
    return this.#entries.size;
  }

  get(owner: number, key: number): Entry | undefined {
    return this.#entries.get(name(owner, key));
  }

  /** Adds a mark or takes the place of the one with its key. Returns what had to make room. */
  put(mark: Mark, nodes: readonly Node[] = []): Mark[] {
    const expires = mark.fadeMs > 0 ? performance.now() + mark.fadeMs : Number.POSITIVE_INFINITY;
    const known = this.get(mark.owner, mark.key);
    if (known) Object.assign(known, { mark, nodes, expires });
    else this.#entries.set(name(mark.owner, mark.key), { mark, nodes, expires });
    const gone = this.#makeRoom(mark);
    this.#changed();
    return gone;
  }

  /** False when there is no such stroke or it would grow beyond its limit. */
  extend(owner: number, key: number, points: readonly number[]): boolean {
    const entry = this.get(owner, key);
    if (!entry || entry.mark.points.length === 0) return false;
    const { mark } = entry;
    const longer = isPath(mark)
      ? [...mark.points, ...points]
      : [...mark.points.slice(0, 2), ...points.slice(-2)];
    if (longer.length > markLimits.points * 2) return false;
    entry.mark = { ...mark, points: longer };
    if (mark.fadeMs > 0) entry.expires = performance.now() + mark.fadeMs;
    this.#changed();
    return true;
  }

  remove(owner: number, key: number): boolean {
    const known = this.#entries.delete(name(owner, key));
    if (known) this.#changed();
    return known;
  }

  clear(owner: number, group: MarkGroup): void {
    this.removeWhere(({ mark }) => mark.owner === owner && groupOf(mark.kind) === group);
  }

  removeWhere(goes: (entry: Entry) => boolean): Mark[] {
    const gone: Mark[] = [];
    for (const [key, entry] of this.#entries) {
      if (!goes(entry)) continue;
      this.#entries.delete(key);
      gone.push(entry.mark);
    }
    if (gone.length > 0) this.#changed();
    return gone;
  }

  /** Everything anew. */
  replace(marks: readonly Mark[]): void {
    this.#entries.clear();
    for (const mark of marks) this.put(mark);
    this.#changed();
  }

  /** What an owner made last and can take back: pointing is not making. */
  lastOf(owner: number): Mark | undefined {
    let last: Mark | undefined;
    for (const { mark } of this.#entries.values()) {
      if (mark.owner === owner && groupOf(mark.kind) !== "highlights" && mark.kind !== "laser") last = mark;
    }
    return last;
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#entries.clear();
  }

  #makeRoom({ owner, key }: Mark): Mark[] {
    const own = [...this.#entries.values()].filter(({ mark }) => mark.owner === owner);
    let points = 0;
    for (const { mark } of own) points += mark.points.length / 2;
    let count = own.length;
    const gone: Mark[] = [];
    for (const { mark } of own) {
      if (count <= markLimits.marks && points <= markLimits.allPoints) break;
      if (mark.key === key) continue;
      this.#entries.delete(name(owner, mark.key));
      gone.push(mark);
      count--;
      points -= mark.points.length / 2;
    }
    return gone;
  }

  #changed(): void {
    this.#schedule();
    this.#onChange();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    let next = Number.POSITIVE_INFINITY;
    for (const { expires } of this.#entries.values()) next = Math.min(next, expires);
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => {
      const now = performance.now();
      // A timer may come a moment early.
      if (this.removeWhere(({ expires }) => expires <= now).length === 0) this.#schedule();
    }, next - performance.now());
  }
}

/** Strokes that follow the hand; the other shapes have two corners. */
export function isPath({ kind }: Pick<Mark, "kind">): boolean {
  return kind === "freehand" || kind === "laser";
}

function name(owner: number, key: number): string {
  return `${owner} ${key}`;
}
