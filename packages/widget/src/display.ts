import * as dom from "@copane/mirror/dom";
import { agentsOf } from "@copane/protocol";
import { directionOf, h, languageFor, languages } from "@copane/ui";
import type { WidgetContext } from "./config.ts";
import type { Messages } from "./locales/messages.ts";
import type { Parts } from "./parts.ts";
import type { Actions } from "./ui/actions.ts";
import { ChatButton } from "./ui/chat-button.ts";
import { onFirstModal } from "./ui/modals.ts";
import { sessionOf } from "./ui/panel.ts";
import { PanelView } from "./ui/panel-view.ts";
import { isSmall, offer, type Screen, type Shared, screenOf, type UiState } from "./ui/state.ts";
import { Surface } from "./ui/surface.ts";
import { Words } from "./words.ts";

/** Screens that say that nobody sees the page. */
const unseen: ReadonlySet<Screen> = new Set<Screen>(["match", "askView", "hidden", "unshared"]);

/** What the customer sees of the widget: drawn from one state, which changes through here only. */
export class Display {
  readonly surface: Surface;
  readonly panel: PanelView;
  readonly chat: ChatButton;
  /** Where the site has an interface of its own: what says when the panel comes all the same. */
  own: Parts["own"] | undefined;
  readonly #context: WidgetContext;
  readonly #actions: Actions;
  readonly #words: Words;
  #state: UiState;
  #frame = 0;

  /** @param say writes a line to the agents */
  constructor(context: WidgetContext, actions: Actions, say: (line: string) => void) {
    const { name = "", askName, stopKey = "Shift+F4" } = context.config;
    this.#context = context;
    this.#actions = actions;
    this.#state = { phase: offer, name, asksName: !!askName && !name, consentText: {}, stopKey };
    const surface = new Surface(context);
    this.surface = surface;
    this.#words = new Words(context, () => this.renderSoon());
    this.panel = new PanelView(
      context.root,
      () => surface.load("screens"),
      () => this.renderSoon(),
    );
    this.chat = new ChatButton(
      () => surface.load("chat"),
      say,
      () => this.share({ small: undefined }),
    );
    surface.card.append(this.panel.element, this.chat.element);
    surface.root.append(this.panel.announcer);
    onFirstModal(surface.root, async () => {
      const { Lift } = await surface.load("screens");
      new Lift(context.host, surface.root);
    });
  }

  get state(): Readonly<UiState> {
    return this.#state;
  }

  get text(): Messages {
    return this.#words.in(this.language);
  }

  /** Fetches the language it will begin in, so that nothing is said in another first. */
  loadWords(): Promise<void> {
    return this.#words.load(this.language);
  }

  set(change: Partial<UiState>): void {
    this.#state = { ...this.#state, ...change };
    this.renderSoon();
  }

  /** Changes what is not drawn before something else is. */
  note(change: Partial<UiState>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** Something went wrong. */
  fail(error: Error): void {
    this.set({ error, errorAt: Date.now() });
  }

  /** Something of the session changed. It begins with the first view of it, and nothing is left of the one before. */
  share(change: Partial<Shared>): void {
    const { phase } = this.#state;
    const { session, connection } = change;
    const left = session?.passphraseEndsInMs;
    const keyEndsAt = left === undefined ? {} : { keyEndsAt: Date.now() + left };
    if (phase.is === "shared") {
      const lost = (connection ?? phase.connection) !== "connected";
      const since = lost ? (phase.since ?? Date.now()) : undefined;
      this.set({ phase: { ...phase, ...change, ...keyEndsAt, since } });
    } else if (session && session.state !== "closed")
      this.set({ phase: { is: "shared", session, connection: "connected", copied: false, ...keyEndsAt } });
  }

  /** Draws with the next frame, once for all that changed until then: nothing is laid out twice. */
  renderSoon(): void {
    if (dom.documentHidden(document)) this.render();
    else this.#frame ||= requestAnimationFrame(() => this.render());
  }

  render(): void {
    this.#frame = 0;
    if (!this.surface.isMounted) return;
    const { text } = this;
    // Its own, whatever the page's are.
    this.surface.root.lang = text.language;
    this.surface.root.dir = directionOf(text.language);
    if (!this.panel.draw(this.#state, text, this.#actions)) return;
    const session = sessionOf(this.#state);
    const screen = screenOf(this.#state);
    const watched = session !== undefined && agentsOf(session).length > 0;
    this.chat.show(watched, text);
    const { surface } = this;
    const { edge, card } = surface;
    surface.place.use((place) => {
      place.label = text.move;
    });
    card.classList.toggle("small", isSmall(this.#state));
    const { phase } = this.#state;
    card.hidden = !!this.own && !this.own.isAsked(screen, phase.is === "offer" && phase.busy);
    edge.hidden = !watched || unseen.has(screen);
    edge.className = `edge ${screen}`;
    const said = h("span", {}, this.panel.heading);
    if (edge.textContent !== said.textContent) edge.replaceChildren(said);
  }

  /** Whoever begins a session chooses its language; before, it is the site's, else one that the browser asks for. */
  get language(): string {
    const { locale } = sessionOf(this.#state) ?? {};
    const own = [this.#context.config.locale, dom.documentElement(document).lang, ...navigator.languages];
    return languageFor(locale === undefined ? own : [locale], languages);
  }
}
