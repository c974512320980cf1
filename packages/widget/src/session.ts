import type { CopaneError } from "@copane/protocol";
import type { StartOptions } from "./api.ts";
import type { SessionWidget, WidgetContext } from "./config.ts";
import { Display } from "./display.ts";
import { fetchWithHash } from "./hashes.ts";
import type { Who } from "./identity.ts";
import { LiveSession, SOON_MS } from "./live-session.ts";
import type { Parts } from "./parts.ts";
import { Status } from "./status.ts";
import type { Actions } from "./ui/actions.ts";
import { PANEL_KEY, sessionOf } from "./ui/panel.ts";
import { isShortcut } from "./ui/shortcut.ts";
import { offer, screenOf } from "./ui/state.ts";

/** What agents see of somebody whose name nobody knows. */
const ANYBODY = "Customer";

/** How long "Copied" stands, in milliseconds. */
const COPIED_MS = 2_000;

/** Makes the widget of a session: the panel, and behind it the customer's part in the session. */
export async function createWidget(context: WidgetContext): Promise<SessionWidget> {
  const widget = new Widget({ ...context, fetch: fetchWithHash(context) });
  await widget.load();
  return widget;
}

class Widget implements SessionWidget {
  readonly #context: WidgetContext;
  readonly #display: Display;
  readonly #status: Status;
  #confirm: Parts["confirm"] | undefined;
  #live: LiveSession | undefined;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.#status = new Status(context);
    this.#display = new Display(context, this.#actions, (line) => this.#live?.session.say(line));
    addEventListener("keydown", this.#key, { capture: true });
  }

  /** Fetches what the first screen needs. If what a site's own interface stands on does not come, the panel does. */
  async load(): Promise<void> {
    const display = this.#display;
    if (this.#context.config.panel === false)
      display.own = await display.surface.load("own").catch(() => undefined);
    await display.loadWords();
  }

  open(options: StartOptions): void {
    const { panel, surface, state } = this.#display;
    this.#take(options);
    const { key } = options;
    if (key && !this.#live) this.#display.note({ phase: { is: "offer", form: "key", busy: false, key } });
    // A site may open it by itself, while the customer writes in the page.
    if (!panel.focus.isTyping) panel.focusNext();
    surface.mount();
    this.#display.set({ error: undefined, ...(state.phase.is === "ended" ? { phase: offer } : {}) });
    // Without an answer the widget's own words stand: they say the same.
    this.#make()
      .session.sitePolicy()
      .then(({ consentText }) => this.#display.set({ consentText }))
      .catch(() => {});
  }

  async start(options: StartOptions): Promise<void> {
    this.#take(options);
    const { config } = this.#context;
    const locale = config.locale || this.#display.language;
    const { reference } = config;
    await this.#begin(({ session }, who) =>
      session.start({ ...who, locale, ...(reference ? { reference } : {}) }),
    );
  }

  async join(key: string, options: StartOptions = {}): Promise<void> {
    this.#take(options);
    await this.#begin(({ session }, who) => session.join({ ...who, passphrase: key }));
  }

  /** What a call says of this session holds from here on. */
  #take({ name, reference }: StartOptions): void {
    if (name) this.#display.note({ name, asksName: false });
    if (reference) this.#context.config.reference = reference;
  }

  async resume(): Promise<boolean> {
    await this.#prepare();
    const live = this.#make();
    if (!(await live.session.comeBack())) return false;
    this.#live = live;
    this.#status.began(live.session.session?.id ?? "");
    this.#display.surface.mount();
    this.#display.render();
    return true;
  }

  async stop(reason?: string): Promise<void> {
    await this.#live?.session.leave(reason);
  }

  policyChanged(): void {
    this.#live?.session.policyChanged();
  }

  async #begin(join: (live: LiveSession, who: Who) => Promise<void>): Promise<void> {
    const display = this.#display;
    const { phase } = display.state;
    if (this.#live || (phase.is === "offer" && phase.busy)) return;
    const form = phase.is === "offer" ? phase.form : "consent";
    display.surface.mount();
    display.note({ phase: { is: "offer", form, busy: true }, error: undefined });
    const shown = display.panel.element.firstChild;
    const busyTimer = setTimeout(() => display.renderSoon(), shown ? 0 : SOON_MS);
    this.#status.set({ state: "starting" });
    await this.#prepare();
    const live = this.#make();
    try {
      await this.#join((who) => join(live, who));
      this.#live = live;
      live.show();
      this.#status.began(live.session.session?.id ?? "");
    } catch (error) {
      this.#status.over("idle");
      display.set({ phase: { is: "offer", form, busy: false }, error: error as Error });
      this.#context.emit("error", error as CopaneError);
      throw error;
    } finally {
      clearTimeout(busyTimer);
    }
  }

  async #join(join: (who: Who) => Promise<void>): Promise<void> {
    const { config } = this.#context;
    const who = { name: this.#display.state.name.trim() || ANYBODY };
    if (!config.identity && !config.metadata) return join(who);
    const { introduce } = await this.#display.surface.load("identity");
    return introduce(this.#context, who, join);
  }

  /** Fetches what asks by functions of the site, where there are any. If it does not come, the panel asks. */
  async #prepare(): Promise<void> {
    const { confirmView, confirmRecording, confirmControl } = this.#context.config;
    if (!confirmView && !confirmRecording && !confirmControl) return;
    this.#confirm ??= await this.#display.surface.load("confirm").catch(() => undefined);
  }

  #make(): LiveSession {
    const live: LiveSession = new LiveSession({
      context: this.#context,
      display: this.#display,
      status: this.#status,
      confirm: this.#confirm,
      followKeys: (view, signal) => view.addEventListener("keydown", this.#key, { capture: true, signal }),
      onEnd: () => {
        if (this.#live === live) this.#live = undefined;
      },
    });
    return live;
  }

  /** Some keys work wherever the focus is; the page does not get them. */
  readonly #key = (event: KeyboardEvent): void => {
    // What an agent's input makes of keys is never trusted: nobody accepts or stops for the customer.
    const run = event.isTrusted ? this.#actionOf(event) : undefined;
    if (!run) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    run();
  };

  #actionOf(event: KeyboardEvent): (() => void) | undefined {
    const live = this.#live;
    const { state, panel } = this.#display;
    if (live && isShortcut(event, state.stopKey)) return () => this.#actions.stop();
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return undefined;
    if (event.key === "Escape" && live?.session.controlGiven) return () => this.#actions.revoke();
    if (event.key === "Escape" && live?.isAnswerable) return () => live.answer(false);
    if (event.key === "F2" && live?.isAnswerable) return () => live.answer(true);
    // From the panel on it is the browser's, which goes to its own bars by it.
    if (event.key === PANEL_KEY && live && !panel.focus.inside)
      return () => {
        panel.focus.enter();
        live.focusProposal();
      };
    return undefined;
  }

  /** What the customer does in a session; nothing without one. */
  #run(act: (session: LiveSession["session"]) => Promise<void>): void {
    if (this.#live) this.#live.run(act(this.#live.session));
  }

  readonly #actions: Actions = {
    named: (name) => this.#display.note({ name }),
    start: () => void this.start({}).catch(() => {}),
    join: (key) => void this.join(key).catch(() => {}),
    byKey: (on) => {
      this.#display.panel.focusNext();
      const form = on ? "key" : "consent";
      this.#display.set({ phase: { is: "offer", form, busy: false }, error: undefined });
    },
    copy: () => void this.#copy(),
    pause: () => this.#run((session) => session.pause()),
    resume: () => this.#run((session) => session.resumeView()),
    stop: () => this.#run((session) => session.leave()),
    grant: () => this.#run((session) => session.grantControl()),
    deny: () => this.#run((session) => session.denyControl()),
    confirmMatch: () => this.#run((session) => session.confirmMatch()),
    refuseMatch: () => this.#run((session) => session.refuseMatch()),
    give: (what) => this.#run((session) => session.giveConsent(what)),
    refuse: (what) => this.#run((session) => session.refuseConsent(what)),
    revoke: () => this.#run((session) => session.revokeControl()),
    draw: () => {
      this.#live?.session.marks.startDrawing();
      this.#makeSmall();
    },
    goOn: () => this.#run((session) => session.continueSession()),
    close: () => {
      this.#display.note({ phase: offer, error: undefined });
      this.#display.panel.clear();
      this.#display.surface.unmount();
    },
    minimise: (on) => {
      this.#display.panel.focusNext();
      if (on) this.#makeSmall();
      else this.#display.share({ small: undefined });
    },
  };

  #makeSmall(): void {
    this.#display.share({ small: screenOf(this.#display.state) });
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(sessionOf(this.#display.state)?.passphrase ?? "");
    } catch {
      // Not allowed here: the key can still be selected and read out.
      return;
    }
    this.#display.share({ copied: true });
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = setTimeout(() => this.#display.share({ copied: false }), COPIED_MS);
  }
}
