/**
 * What is to be undone at the end, for as long as what it was done to is there: a page lets go of windows (iframes
 * load anew all the time), and none is kept for having been followed.
 */
export class Undo {
  readonly #undos = new WeakMap<object, (() => void)[]>();
  readonly #owners = new Set<WeakRef<object>>();

  /** @param owner what it was done to, of the same window as everything that `undo` knows */
  add(owner: object, undo: () => void): void {
    const undos = this.#undos.get(owner);
    if (undos) {
      undos.push(undo);
      return;
    }
    for (const known of this.#owners) if (!known.deref()) this.#owners.delete(known);
    this.#owners.add(new WeakRef(owner));
    this.#undos.set(owner, [undo]);
  }

  /** Undoes it all, once. */
  run(): void {
    for (const known of this.#owners) {
      const owner = known.deref();
      const undos = owner && this.#undos.get(owner);
      if (undos) for (const undo of undos.splice(0)) undo();
    }
    this.#owners.clear();
  }
}

const atEnd = new WeakMap<AbortSignal, Undo>();

/** What is undone when a signal says so. */
export function undoAt(signal: AbortSignal): Undo {
  let undo = atEnd.get(signal);
  if (undo === undefined) {
    const made = new Undo();
    undo = made;
    atEnd.set(signal, made);
    signal.addEventListener("abort", () => made.run());
  }
  return undo;
}
