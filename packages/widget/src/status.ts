import { agentsOf, isControlled, type SessionView } from "@copane/protocol";
import type { CopaneStatus } from "./api.ts";
import type { WidgetContext } from "./config.ts";

/** How things stand without a session. */
const none = {
  id: undefined,
  key: undefined,
  agents: [],
  connection: undefined,
  controlled: false,
} satisfies Partial<CopaneStatus>;

/** Tells the site how things stand: in the properties of `copane`, and by the event `change`. */
export class Status {
  readonly #context: WidgetContext;
  #told = "";

  constructor(context: WidgetContext) {
    this.#context = context;
  }

  set(change: Partial<CopaneStatus>): void {
    const { config, present, emit } = this.#context;
    const { state, id, key, agents, connection, controlled } = Object.assign(config, change);
    const status = { state, id, key, agents, connection, controlled };
    const told = JSON.stringify(status);
    if (told === this.#told) return;
    this.#told = told;
    present.change = status;
    emit("change", status);
  }

  follow(view: SessionView): void {
    const { id, state, passphrase } = view;
    // The end itself comes with its reason.
    if (state === "closed") return;
    this.set({
      state,
      id,
      key: passphrase,
      agents: agentsOf(view).map(({ number, name, connected }) => ({ number, name, connected })),
      controlled: isControlled(view),
    });
  }

  /** A session began. */
  began(id: string): void {
    this.#context.present.start = { id };
    this.#context.emit("start", { id });
  }

  /** There is none, or none any more. */
  over(state: "idle" | "ended"): void {
    delete this.#context.present.start;
    this.set({ ...none, state });
  }
}
