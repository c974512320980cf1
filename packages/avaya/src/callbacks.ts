/** The functions that a page has registered, by event. Each may be registered many times, at any time. */
export class Callbacks<Events extends object> {
  readonly #registered = new Map<keyof Events, ((event: never) => void)[]>();

  add<K extends keyof Events>(type: K, callback: (event: Events[K]) => void): void {
    if (typeof callback !== "function") return;
    const callbacks = this.#registered.get(type) ?? [];
    callbacks.push(callback);
    this.#registered.set(type, callbacks);
  }

  /** Calls them in the order of registration; one that throws does not keep the others from hearing. */
  fire<K extends keyof Events>(type: K, event: Events[K]): void {
    for (const callback of [...(this.#registered.get(type) ?? [])]) {
      try {
        (callback as (event: Events[K]) => void)(event);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
