/** The parts of the widget that are fetched when they are needed, and the looks of those that are there. */
export class Parts {
  readonly #assets: string;
  readonly #root: ShadowRoot;
  readonly #looks = new Map<string, CSSStyleSheet>();

  /** @param assets where the scripts are, with a `/` at the end */
  constructor(assets: string, root: ShadowRoot) {
    this.#assets = assets;
    this.#root = root;
  }

  /** Fetches a part; its look, if it has one, holds when it is there. */
  async load<T extends object>(name: string): Promise<T> {
    const script: T & { style?: string } = await import(`${this.#assets}copane-${name}.js`);
    if (script.style) this.add(script.style);
    return script;
  }

  add(style: string): void {
    if (this.#looks.has(style)) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.#looks.set(style, sheet);
    this.wear();
  }

  /** Puts the looks in place of those that somebody else gave the shadow root. */
  wear(): void {
    this.#root.adoptedStyleSheets = [...this.#looks.values()];
  }
}
