import { plainJson, type Role } from "@copane/protocol";

/** Keeps the typed key for this tab, so that the next page knows it: the server forgets a key once it is used. */
export class KeyStore {
  readonly #name: string;

  constructor(role: Role) {
    this.#name = `copane.avaya-key.${role}`;
  }

  load(sessionId: string | undefined): string | undefined {
    try {
      const value: unknown = JSON.parse(sessionStorage.getItem(this.#name) ?? "null");
      const { id, key } = (value ?? {}) as { id?: unknown; key?: unknown };
      return id === sessionId && typeof key === "string" ? key : undefined;
    } catch {
      return undefined;
    }
  }

  save(id: string, key: string): void {
    try {
      sessionStorage.setItem(this.#name, plainJson({ id, key }));
    } catch {
      // Blocked storage: the session ends with this page anyway.
    }
  }

  clear(): void {
    try {
      sessionStorage.removeItem(this.#name);
    } catch {
      // Blocked storage holds nothing.
    }
  }
}
