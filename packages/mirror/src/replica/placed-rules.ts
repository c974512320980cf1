/** Rules that come in any order and stand in that of their positions. */
export class PlacedRules {
  readonly #positions: number[] = [];
  readonly #rules: string[] = [];
  #changed = false;

  clear(): void {
    this.#positions.length = 0;
    this.#rules.length = 0;
    this.#changed = true;
  }

  /** A rule takes the place of another with the same position. */
  put(position: number, rule: string): void {
    let low = 0;
    for (let high = this.#positions.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((this.#positions[middle] as number) < position) low = middle + 1;
      else high = middle;
    }
    const same = this.#positions[low] === position ? 1 : 0;
    this.#positions.splice(low, same, position);
    this.#rules.splice(low, same, rule);
    this.#changed = true;
  }

  /** All of them as text, if they changed since this was last asked. */
  take(): string | undefined {
    if (!this.#changed) return undefined;
    this.#changed = false;
    return this.#rules.join("\n");
  }
}
