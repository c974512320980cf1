/** `problem`: a server would not start or not work. `warning`: it would, but somebody should know. */
export type Level = "ok" | "note" | "warning" | "problem";

/** One line of what a check found. No setting's value that could be a secret stands in it. */
export interface Finding {
  about: string;
  level: Level;
  text: string;
  mend?: string;
}

/** Findings about one thing, in the order in which they are said. */
export class Findings {
  readonly list: Finding[] = [];
  readonly #about: string;

  constructor(about: string) {
    this.#about = about;
  }

  ok(text: string): void {
    this.list.push({ about: this.#about, level: "ok", text });
  }

  note(text: string): void {
    this.list.push({ about: this.#about, level: "note", text });
  }

  warning(text: string, mend: string): void {
    this.list.push({ about: this.#about, level: "warning", text, mend });
  }

  problem(text: string, mend: string): void {
    this.list.push({ about: this.#about, level: "problem", text, mend });
  }
}
