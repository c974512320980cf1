import { type Capture, createCapture, type EarlyFinds, type PrivacyPolicy } from "@copane/mirror/capture";
import { type ControlPolicy, type createActor, pointedAt, watchDialogs } from "@copane/mirror/control";
import type { CustomerMarksEngine, createCustomerMarks } from "@copane/mirror/marks";
import {
  asksForMarks,
  type ChatLine,
  type Consent,
  type CustomerPolicy,
  encodeNotice,
  type Frame,
  FrameType,
  NO_MARKS,
  type Notice,
  type ServerMessage,
  type SessionEvent,
  type SessionView,
  WANT_MARKS,
} from "@copane/protocol";
import { Marks } from "../marks.ts";
import { ParticipantSession, type SessionOptions } from "../session.ts";
import { AgentInput } from "./agent-input.ts";
import { CustomerChat } from "./chat.ts";
import { Proposals, type ShownProposal } from "./proposals.ts";

/** Real input of the customer is told at most this often. */
const ACTIVITY_MS = 10_000;

export interface CustomerSessionOptions extends SessionOptions {
  policy?: PrivacyPolicy;
  /** What a script that ran before the page's own has kept. */
  early?: EarlyFinds;
  /** Changes of the page are sent at least this far apart, in milliseconds; a frame by default. */
  intervalMs?: number;
  /** Pointer and scrolling are sent at least this far apart; as they happen by default. */
  motionIntervalMs?: number;
  /** Elements of our own UI: never mirrored, never operated. */
  ignore?: (element: Element) => boolean;
  /** Where marks are drawn and how their script is loaded; without it nothing is marked in this page. */
  marks?: {
    /** Lies over the viewport, fixed, inside of what `ignore` names; takes no events itself. */
    layer: HTMLElement;
    load(): Promise<{ createCustomerMarks: typeof createCustomerMarks }>;
  };
  /** What stays the customer's while an agent is in control. */
  control?: ControlPolicy;
  /** Loads what performs an agent's input, once control is asked for. */
  loadControl: () => Promise<{ createActor: typeof createActor }>;
}

interface CustomerEvents {
  /** The agent operated an element. */
  touch: { viewer: number; element: Element };
  /** Where an agent points, in the viewport's CSS pixels; `at` is undefined when it left the page. */
  pointer: { viewer: number; at: { x: number; y: number } | undefined };
  /** The chat, oldest line first. */
  chat: readonly ChatLine[];
  /** What an agent proposes to do; undefined when nothing waits any more. */
  proposal: ShownProposal | undefined;
}

/** The customer's side: joins, mirrors this window, and lets a granted agent act in it. */
export class CustomerSession extends ParticipantSession<CustomerEvents> {
  /** Pointing and drawing: what both sides mark in this page. */
  readonly marks: Marks;
  readonly #options: CustomerSessionOptions;
  readonly #removedIds: string[] = [];
  /** What every page of the site hides; the server says it before anything is captured, and when it changes. */
  #sitePolicy: PrivacyPolicy = {};
  /** The path that the server was last told. */
  #path = "";
  #capture: Capture | undefined;
  #marking: CustomerMarksEngine | undefined;
  /** What the customer clicked before the script for marks was there. */
  #clicked: Element | undefined;
  readonly #input: AgentInput;
  readonly #proposals: Proposals;
  readonly #chat: CustomerChat;
  #unwatchDialogs: (() => void) | undefined;
  #wanted = false;
  #pausedHere = false;
  #activityAt = 0;
  #abort: AbortController | undefined;

  constructor(options: CustomerSessionOptions) {
    super("customer", options);
    this.#options = options;
    const { control, ignore, loadControl } = options;
    this.#input = new AgentInput({
      window,
      ...(control ? { policy: control } : {}),
      ...(ignore ? { ignore } : {}),
      load: loadControl,
      session: () => this.session,
      answer: (command) => this.#answer(command),
      onTouch: (viewer, element) => this.emit("touch", { viewer, element }),
      onNotice: (viewer, notice) => this.#tell(viewer, notice),
    });
    this.#proposals = new Proposals({
      capture: () => this.#capture,
      act: (work) => this.#input.unbound((actor) => work((by, payload) => actor.input(by, payload))),
      refuse: () => this.#answer("proposal.refuse"),
      changed: (shown) => this.emit("proposal", shown),
    });
    this.#chat = new CustomerChat({
      send: (peer, payload) => this.transport?.sendFrame(FrameType.chat, peer, 0, payload),
      nameOf: (by) => this.session?.participants.find(({ number }) => number === by)?.name,
      changed: (lines) => this.emit("chat", lines),
    });
    this.marks = new Marks((events) => {
      const { marks } = this.#options;
      return marks?.load().then(({ createCustomerMarks: create }) => {
        this.#marking = create({
          ...events,
          window,
          layer: marks.layer,
          capture: () => this.#capture,
          clicked: this.#clicked,
          send: (viewer, payload) => this.transport?.sendFrame(FrameType.marks, viewer, 0, payload),
        });
        this.#clicked = undefined;
        return this.#marking;
      });
    });
  }

  /** Starts a session; the passphrase for the agent is in `session`. Rejects with CopaneError. */
  async start(wish: { name: string; locale?: string; email?: string }): Promise<void> {
    this.sit(await this.rest.customerRequest(wish));
  }

  /** Joins the session that an agent started. Rejects with CopaneError. */
  async join(wish: { name: string; passphrase: string }): Promise<void> {
    this.sit(await this.rest.customerJoin(wish));
  }

  /** What the site says before a session. Rejects with CopaneError. */
  sitePolicy(): Promise<CustomerPolicy> {
    return this.rest.customerPolicy();
  }

  /** Freezes the agent's view: nothing leaves this browser from the call on. */
  async pause(): Promise<void> {
    this.#pausedHere = true;
    this.#capture?.pause();
    this.marks.setEnabled(false);
    try {
      await this.command("session.pause");
    } catch (error) {
      this.#pausedHere = false;
      this.#capture?.resume();
      this.#enableMarks();
      throw error;
    }
  }

  async resumeView(): Promise<void> {
    await this.command("session.resume");
  }

  /** The page may be seen, or the agent's screen recorded; without it neither is. */
  async giveConsent(what: Consent): Promise<void> {
    await this.command({ t: "consent.give", what });
  }

  /** Refuses, or withdraws what was given: nothing more of the page leaves this browser from the call on. */
  async refuseConsent(what: Consent): Promise<void> {
    if (what === "view") this.#stopCapture();
    await this.command({ t: "consent.refuse", what });
  }

  async grantControl(): Promise<void> {
    await this.command("control.grant");
  }

  async denyControl(): Promise<void> {
    await this.command("control.deny");
  }

  /** Does what the agent proposed, as if the agent did it. */
  async acceptProposal(): Promise<void> {
    if (this.#proposals.shown)
      await this.command(this.#proposals.perform() ? "proposal.accept" : "proposal.refuse");
  }

  async declineProposal(): Promise<void> {
    this.#proposals.clear();
    await this.command("proposal.decline");
  }

  /** The one form or field that a granted or requested control covers, if it covers but one. */
  get scope(): Element | undefined {
    return this.#input.scope;
  }

  /** What an agent proposes, while it waits for the customer's answer. */
  get proposal(): ShownProposal | undefined {
    return this.#proposals.shown;
  }

  get chat(): readonly ChatLine[] {
    return this.#chat.lines;
  }

  /** Writes a line to the agents. */
  say(text: string): void {
    if (this.session) this.#chat.say(this.session.id, text);
  }

  /** Takes control back. The agent's input is ignored from the call on. */
  async revokeControl(): Promise<void> {
    this.#input.revoke();
    await this.command("control.revoke");
  }

  /** An element that is never sent, by id; also for elements that appear later. */
  addRemovedId(id: string): void {
    this.#removedIds.push(id);
    this.#capture?.addRemovedId(id);
  }

  protected override onFrame({ type, peer, payload }: Frame): void {
    switch (type) {
      case FrameType.feedback:
        this.#capture?.feedback(peer, payload);
        break;
      case FrameType.input:
      case FrameType.scroll:
        this.#input.receive(type, peer, payload);
        break;
      case FrameType.pointer:
        if (!this.#pausedHere) this.#pointed(peer, payload);
        break;
      case FrameType.marks:
        if (!this.marks.idle || !asksForMarks(payload)) this.marks.receive(peer, payload);
        else this.transport?.sendFrame(FrameType.marks, peer, 0, NO_MARKS);
        break;
      case FrameType.propose:
        if (this.session?.proposal?.by !== peer) break;
        this.#input.prepare();
        this.#proposals.receive(peer, payload);
        break;
      case FrameType.chat:
        if (this.session) this.#chat.receive(this.session.id, peer, payload);
        break;
    }
  }

  protected override onMessage(message: ServerMessage): void {
    if (message.t === "welcome") this.#tellPath();
    else if (message.t === "privacy") this.#sitePrivacy(message.policy);
    else if (message.t === "mirror.wanted") {
      this.#wanted = message.wanted;
      if (message.wanted) this.#startCapture();
      else this.#stopCapture();
      if (message.wanted) this.#chat.tell(0);
    } else if (message.t === "mirror.resync") {
      this.#capture?.resync();
      this.#chat.tell(message.viewer);
      // Who only watches cannot ask.
      if (!this.marks.idle) this.marks.receive(message.viewer, WANT_MARKS);
    }
  }

  /** What the page itself answers; if the session is over meanwhile, nobody waits for it. */
  #answer(command: "control.revoke" | "control.deny" | "proposal.refuse"): void {
    this.command(command).catch(() => {});
  }

  protected override onChange(session: SessionView, event?: SessionEvent, by?: number): void {
    // Who is gone acknowledges nothing more, and must not hold back the others.
    if (by !== undefined && (event === "agent.left" || event === "agent.disconnected"))
      this.#capture?.viewerLeft(by);
    this.#input.follow(session, event);
    if (!session.proposal) this.#proposals.clear();
    // It was made on an earlier page, and what it was about is gone with that.
    else if (event === undefined && !this.#proposals.shown) this.#answer("proposal.refuse");
    if (event === undefined) this.#chat.restore(session.id);
    if (!this.#consented) this.#stopCapture();
    else if (this.#wanted && !this.#capture) this.#startCapture();
    const paused = session.state === "paused";
    if (paused !== this.#pausedHere || !paused) {
      this.#pausedHere = paused;
      if (paused) this.#capture?.pause();
      else this.#capture?.resume();
    }
    this.#enableMarks();
    this.#marking?.present(new Set(session.participants.map(({ number }) => number)));
    if (session.state !== "closed") this.#watchActivity();
  }

  #enableMarks(): void {
    this.marks.setEnabled(this.session?.state === "active" && !this.#pausedHere && this.#consented);
  }

  get #consented(): boolean {
    const { needed = [], given = [] } = this.session?.consent ?? {};
    return !needed.includes("view") || given.includes("view");
  }

  protected override onEnd(): void {
    this.#wanted = false;
    this.#proposals.clear();
    this.marks.setEnabled(false);
    this.marks.unload();
    this.#marking = undefined;
    this.#stopCapture();
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #startCapture(): void {
    if (!this.#consented) return;
    if (this.#capture) {
      this.#capture.resync();
      return;
    }
    this.#capture = createCapture({
      window,
      policy: this.#policy(),
      ...(this.#options.ignore ? { ignore: this.#options.ignore } : {}),
      ...(this.#options.early ? { early: this.#options.early } : {}),
      ...(this.#options.intervalMs ? { intervalMs: this.#options.intervalMs } : {}),
      motionIntervalMs: this.#options.motionIntervalMs ?? 0,
      // A fault of ours must not break the page, but whoever looks for it should find it.
      onError: (error) => console.warn("copane: the mirror met an error", error),
      send: (flags, payload) => {
        if (!this.#wanted || this.#pausedHere) return;
        this.transport?.sendFrame(FrameType.mirror, 0, flags, payload);
        this.#tellPath();
      },
    });
    if (this.#options.control?.dialogs !== "hide") {
      this.#unwatchDialogs = watchDialogs(window, (notice) => this.#tellDialog(notice));
    }
    this.#input.begin(this.#capture);
    if (this.#pausedHere) this.#capture.pause();
    this.#capture.start();
  }

  /** The page's own policy and the site's together: each can only hide more. */
  #policy(): PrivacyPolicy {
    const policies = [this.#options.policy ?? {}, this.#sitePolicy];
    const all = (key: keyof PrivacyPolicy) => policies.flatMap((policy) => policy[key] ?? []);
    return {
      mask: all("mask"),
      block: all("block"),
      hide: all("hide"),
      removeIds: [...all("removeIds"), ...this.#removedIds],
    };
  }

  #sitePrivacy(policy: PrivacyPolicy): void {
    const same = JSON.stringify(policy) === JSON.stringify(this.#sitePolicy);
    this.#sitePolicy = policy;
    if (same) return;
    try {
      this.#capture?.setPolicy(this.#policy());
    } catch (error) {
      // What cannot be hidden as asked must not be shown either.
      this.#stopCapture();
      console.warn("copane: the site's policy cannot be used here", error);
    }
  }

  #tellPath(): void {
    const { pathname } = window.location;
    if (pathname === this.#path || !pathname.startsWith("/")) return;
    this.#path = pathname;
    this.transport?.page(pathname);
  }

  #stopCapture(): void {
    this.#input.end();
    this.#unwatchDialogs?.();
    this.#unwatchDialogs = undefined;
    this.#capture?.stop();
    this.#capture = undefined;
  }

  #pointed(viewer: number, payload: Uint8Array): void {
    if (!this.#capture) return;
    try {
      this.emit("pointer", { viewer, at: pointedAt(payload, this.#capture) });
    } catch {
      // Malformed: another party's mistake is not this page's.
    }
  }

  #tellDialog(notice: Notice): void {
    // A dialog may repeat what the agent must not read.
    const secret = notice.kind === "dialog" && this.#capture?.holdsMasked(notice.text) !== false;
    this.#tell(0, secret ? { ...notice, text: "" } : notice);
  }

  #tell(viewer: number, notice: Notice): void {
    if (this.#wanted && !this.#pausedHere)
      this.transport?.sendFrame(FrameType.notice, viewer, 0, encodeNotice(notice));
  }

  #watchActivity(): void {
    if (this.#abort) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    for (const type of ["pointerdown", "keydown", "wheel", "touchstart"]) {
      window.addEventListener(type, (event) => this.#active(event), { capture: true, passive: true, signal });
    }
    for (const type of ["pointerdown", "pointerup", "keyup"]) {
      const options = { capture: true, passive: true, signal };
      window.addEventListener(type, (event) => this.#highlights(event), options);
    }
  }

  #active(event: Event): void {
    const now = Date.now();
    // What the agent does here is not the customer's activity.
    if (!event.isTrusted || now - this.#activityAt < ACTIVITY_MS) return;
    this.#activityAt = now;
    this.transport?.activity();
  }

  /** The first thing that the customer clicks or selects calls for the script that shows it to the agents. */
  #highlights(event: Event): void {
    const { enabled, elementHighlight, textHighlight } = this.marks.settings;
    if (!this.marks.idle || !enabled || !event.isTrusted || !this.#capture) return;
    if (event.type !== "pointerdown") {
      if (textHighlight && window.getSelection()?.isCollapsed === false) this.marks.load();
    } else if (elementHighlight) {
      this.#clicked = event.composedPath()[0] as Element;
      this.marks.load();
    }
  }
}
