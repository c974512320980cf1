import {
  type Capture,
  createCapture,
  type EarlyFinds,
  type LoadFeatures,
  type PrivacyPolicy,
  unionOf,
} from "@copane/mirror/capture";
import {
  type ControlPolicy,
  encodeNotice,
  type Notice,
  type pointedAt,
  watchDialogs,
} from "@copane/mirror/control";
import {
  asksForMarks,
  clickedId,
  type createCustomerMarks,
  encodeClick,
  NO_MARKS,
  WANT_MARKS,
} from "@copane/mirror/marks";
import { OnRequest } from "@copane/mirror/on-request";
import type { FrameHost } from "@copane/mirror/subframes";
import {
  ALL_VIEWERS,
  type ChatLine,
  type Consent,
  type CustomerPolicy,
  type Frame,
  type ServerMessage,
  type SessionEvent,
  type SessionView,
} from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import * as limits from "@copane/protocol/limits";
import * as paths from "@copane/protocol/paths";
import type { CustomerChat } from "../chat/customer.ts";
import type { CustomerControl } from "../control/control.ts";
import type { ShownProposal } from "../control/proposals.ts";
import { Marks } from "../marks.ts";
import { RestClient } from "../rest/rest.ts";
import { ParticipantSession, type SessionOptions } from "../session.ts";
import { hasChat } from "../store.ts";

/** Payloads of this size are deflated here too: a frame must keep to its limit before the socket deflates it. */
const DEFLATE_ANYWAY_BYTES = limits.frameBytes / 2;

/** Real input of the customer is told at most this often. */
const ACTIVITY_MS = 10_000;

export interface CustomerSessionOptions extends SessionOptions {
  /** What this page hides; asked for at each start, and anew after `policyChanged()`. */
  policy?: () => PrivacyPolicy | undefined;
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
  /** Exact origins whose pages are mirrored in frames of this page, if they want it, and what loads the script for it. */
  frames?: { origins: readonly string[]; load(): Promise<{ FrameHost: typeof FrameHost }> };
  /** What stays the customer's while an agent is in control. */
  control?: ControlPolicy;
  /** Loads the chat, once somebody writes; without it nothing is said here. */
  loadChat?: () => Promise<{ CustomerChat: typeof CustomerChat }>;
  /** Loads what lets an agent act in the page, once control is asked for or something is proposed. */
  loadControl: () => Promise<{ CustomerControl: typeof CustomerControl }>;
  /** Loads what reads where agents point, once one does. */
  loadPointing: () => Promise<{ pointedAt: typeof pointedAt }>;
  /** Loads what follows the rarer things of pages (canvases, videos, custom elements), once this one has some. */
  loadFeatures: LoadFeatures;
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
  /** The one form or field that a granted or requested control covers; undefined while it covers all, or nothing. */
  scope: Element | undefined;
  /** A window whose page is mirrored: this one, or an iframe's. `signal` says when it is not any more. */
  window: { view: Window; signal: AbortSignal };
}

/** The customer's side: joins, mirrors this window, and lets a granted agent act in it. */
export class CustomerSession extends ParticipantSession<CustomerEvents> {
  /** Pointing and drawing: what both sides mark in this page. */
  readonly marks: Marks;
  protected override readonly rest = new RestClient(this.options.server);
  readonly #options: CustomerSessionOptions;
  /** What every page of the site hides; the server says it before anything is captured, and when it changes. */
  #sitePolicy: PrivacyPolicy = {};
  /** The path that the server was last told. */
  #path = "";
  #capture: Capture | undefined;
  readonly #control: OnRequest<CustomerControl>;
  /** The customer took control back; the server has yet to say so. */
  #takenBack = false;
  /** Pages of other origins in frames of this one, where there may be some. */
  #frames: FrameHost | undefined;
  readonly #chat: OnRequest<CustomerChat> | undefined;
  readonly #pointing: OnRequest<typeof pointedAt>;
  #wanted = false;
  #leaving = false;
  #pausedHere = false;
  #activityAt = 0;
  #abort: AbortController | undefined;

  constructor(options: CustomerSessionOptions) {
    super("customer", options);
    this.#options = options;
    const { loadChat, loadControl } = options;
    this.#control = new OnRequest(async () => this.#makeControl((await loadControl()).CustomerControl));
    this.#chat = loadChat && new OnRequest(async () => this.#makeChat((await loadChat()).CustomerChat));
    this.#pointing = new OnRequest(async () => (await options.loadPointing()).pointedAt);
    this.marks = new Marks({
      possible: () => options.marks !== undefined,
      start: async (events) => {
        const { marks } = options;
        if (!marks) throw new Error("this page has no layer for marks");
        const { createCustomerMarks: create } = await marks.load();
        return create({
          ...events,
          window,
          layer: marks.layer,
          capture: () => this.#capture,
          send: (peer, payload) => this.transport?.sendFrame({ type: FrameType.marks, peer }, payload),
        });
      },
    });
  }

  /** Starts a session; the passphrase for the agent is in `session`. Rejects with CopaneError. */
  async start(wish: { name: string; locale?: string; email?: string }): Promise<void> {
    this.sit(await this.rest.call("POST", paths.customerRequest, { body: wish }));
  }

  /** Joins the session that an agent started. Rejects with CopaneError. */
  async join(wish: { name: string; passphrase: string }): Promise<void> {
    this.sit(await this.rest.call("POST", paths.customerJoin, { body: wish }));
  }

  /** What the site says before a session. Rejects with CopaneError. */
  sitePolicy(): Promise<CustomerPolicy> {
    return this.rest.call("GET", paths.customerPolicy);
  }

  /** Ends the session. Nothing leaves this browser from the call on, whatever the network does. */
  override async leave(reason?: string): Promise<void> {
    this.#leaving = true;
    this.#stopCapture();
    await super.leave(reason);
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
    const control = this.#control.now;
    if (control?.proposal) await this.command(control.accept() ? "proposal.accept" : "proposal.refuse");
  }

  async declineProposal(): Promise<void> {
    this.#control.now?.clear();
    await this.command("proposal.decline");
  }

  /** What an agent proposes, while it waits for the customer's answer. */
  get proposal(): ShownProposal | undefined {
    return this.#control.now?.proposal;
  }

  /** Writes a line to the agents. */
  say(text: string): void {
    const { session } = this;
    if (session) this.#chat?.use((chat) => chat.say(session.id, text));
  }

  /** Takes control back. The agent's input is ignored from the call on. */
  async revokeControl(): Promise<void> {
    this.#takenBack = true;
    this.#control.now?.release();
    await this.command("control.revoke");
  }

  protected override onFrame(frame: Frame): void {
    const { type, peer, payload } = frame;
    switch (type) {
      case FrameType.ack:
      case FrameType.resync:
      case FrameType.feedback:
        this.#capture?.feedback(peer, frame);
        break;
      case FrameType.input:
      case FrameType.scroll:
        if (this.session?.control.holder === peer)
          this.#control.use((control) => {
            if (!this.#takenBack) control.input(type, peer, payload);
          });
        break;
      case FrameType.pointer:
        if (!this.#pausedHere) this.#pointed(peer, payload);
        break;
      case FrameType.marks:
        if (this.marks.requested || !asksForMarks(payload)) this.marks.receive(peer, payload);
        else this.transport?.sendFrame({ type: FrameType.marks, peer }, NO_MARKS);
        break;
      case FrameType.propose:
        if (this.session?.proposal?.by === peer)
          this.#control.use((control) => control.propose(peer, payload));
        break;
      case FrameType.chat:
        this.#chat?.use((chat) => {
          if (this.session) chat.receive(this.session.id, peer, payload);
        });
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
      if (message.wanted) this.#tellChat(ALL_VIEWERS);
    } else if (message.t === "mirror.left") this.#capture?.viewerLeft(message.viewer);
    else if (message.t === "mirror.resync") {
      this.#capture?.resync();
      this.#tellChat(message.viewer);
      // Who only watches cannot ask.
      if (this.marks.requested) this.marks.receive(message.viewer, WANT_MARKS);
    }
  }

  #makeControl(Control: typeof CustomerControl): CustomerControl {
    const { control, ignore } = this.#options;
    return new Control({
      window,
      ...(control ? { policy: control } : {}),
      ...(ignore ? { ignore } : {}),
      session: () => this.session,
      capture: () => this.#capture,
      frames: () => this.#frames,
      answer: (command) => this.#answer(command),
      onTouch: (viewer, element) => this.emit("touch", { viewer, element }),
      onNotice: (viewer, notice) => this.#tell(viewer, notice),
      onProposal: (shown) => this.emit("proposal", shown),
      onScope: (element) => this.emit("scope", element),
    });
  }

  #followControl(session: SessionView, event: SessionEvent | undefined): void {
    const { control, proposal } = session;
    if (control.holder === undefined) this.#takenBack = false;
    const needed = (control.holder ?? control.pending ?? proposal) !== undefined;
    if (needed || this.#control.requested) this.#control.use((part) => part.follow(session, event));
    // It was made on an earlier page, and what it was about is gone with that.
    if (proposal && event === undefined && !this.proposal) this.#answer("proposal.refuse");
  }

  #makeChat(Chat: typeof CustomerChat): CustomerChat {
    return new Chat({
      send: (peer, payload) => this.transport?.sendFrame({ type: FrameType.chat, peer }, payload),
      nameOf: (by) => this.session?.participants.find(({ number }) => number === by)?.name,
      changed: (lines) => this.emit("chat", lines),
    });
  }

  /** What was said before; nothing, where nobody has written yet. */
  #tellChat(peer: number): void {
    if (this.#chat?.requested) this.#chat.use((chat) => chat.tell(peer));
  }

  /** What the page itself answers; if the session is over meanwhile, nobody waits for it. */
  #answer(command: "control.revoke" | "control.deny" | "proposal.refuse"): void {
    this.command(command).catch(() => {});
  }

  protected override onChange(session: SessionView, event?: SessionEvent): void {
    this.#followControl(session, event);
    if (event === undefined && hasChat()) this.#chat?.use((chat) => chat.restore(session.id));
    if (session.state === "closed") this.#chat?.now?.forget();
    if (!this.#consented) this.#stopCapture();
    else if (this.#wanted && !this.#capture) this.#startCapture();
    const paused = session.state === "paused";
    if (paused !== this.#pausedHere || !paused) {
      this.#pausedHere = paused;
      if (paused) this.#capture?.pause();
      else this.#capture?.resume();
    }
    this.#enableMarks();
    this.marks.present(new Set(session.participants.map(({ number }) => number)));
    if (session.state !== "closed" && !this.#abort) {
      this.#abort = new AbortController();
      this.#watchActivity(window, this.#abort.signal);
    }
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
    this.#control.now?.clear();
    this.marks.setEnabled(false);
    this.marks.unload();
    this.#stopCapture();
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #startCapture(): void {
    if (!this.#consented || this.#leaving) return;
    if (this.#capture) {
      this.#capture.resync();
      return;
    }
    this.#capture = createCapture({
      ...this.#options,
      window,
      policy: this.#policy(),
      // A fault of ours must not break the page, but whoever looks for it should find it.
      onError: (error) => console.warn("copane: the mirror met an error", error),
      onWindow: (view, signal) => this.#watchWindow(view, signal),
      deflateFrom: () => (this.transport?.deflates ? DEFLATE_ANYWAY_BYTES : undefined),
      send: (frame) => {
        if (!this.#wanted || this.#pausedHere) return;
        this.transport?.sendFrame({ type: FrameType.mirror, ...frame }, frame.payload);
        this.#tellPath();
      },
    });
    this.#control.now?.begin(this.#capture);
    this.#mirrorFrames(this.#capture);
    if (this.#pausedHere) this.#capture.pause();
    this.#capture.start();
  }

  #mirrorFrames(capture: Capture): void {
    const { frames } = this.#options;
    frames
      ?.load()
      .then(({ FrameHost: Host }) => {
        if (capture !== this.#capture) return;
        this.#frames = capture.extend(
          (parts) =>
            new Host(parts, {
              origins: frames.origins,
              policy: () => this.#policy(),
              onTouch: (viewer, element) => this.emit("touch", { viewer, element }),
              onRefused: (viewer, reason) => this.#tell(viewer, { kind: "refused", reason }),
            }),
        );
      })
      .catch((error) => console.warn("copane: frames could not be mirrored", error));
  }

  /** The page's own policy and the site's together: each can only hide more. */
  #policy(): PrivacyPolicy {
    return unionOf([this.#options.policy?.() ?? {}, this.#sitePolicy]);
  }

  #sitePrivacy(policy: PrivacyPolicy): void {
    const same = JSON.stringify(policy) === JSON.stringify(this.#sitePolicy);
    this.#sitePolicy = policy;
    if (!same) this.policyChanged();
  }

  /** What this page hides is another from now on: the agents' pictures begin anew. */
  policyChanged(): void {
    try {
      this.#capture?.setPolicy(this.#policy());
    } catch (error) {
      // What cannot be hidden as asked must not be shown either.
      this.#stopCapture();
      console.warn("copane: what is to be hidden cannot be, so nothing is shown", error);
    }
  }

  #tellPath(): void {
    const { pathname } = window.location;
    if (pathname === this.#path || !pathname.startsWith("/")) return;
    this.#path = pathname;
    this.transport?.page(pathname);
  }

  #stopCapture(): void {
    this.#control.now?.end();
    this.#frames = undefined;
    this.#capture?.stop();
    this.#capture = undefined;
  }

  #pointed(viewer: number, payload: Uint8Array): void {
    this.#pointing.use((pointed) => {
      if (!this.#capture) return;
      try {
        this.emit("pointer", { viewer, at: pointed(payload, this.#capture) });
      } catch {
        // Malformed: another party's mistake is not this page's.
      }
    });
  }

  #tellDialog(notice: Notice): void {
    // A dialog may repeat what the agent must not read.
    const secret = notice.kind === "dialog" && this.#capture?.holdsMasked(notice.text) !== false;
    this.#tell(ALL_VIEWERS, secret ? { ...notice, text: "" } : notice);
  }

  #tell(peer: number, notice: Notice): void {
    if (this.#wanted && !this.#pausedHere)
      this.transport?.sendFrame({ type: FrameType.notice, peer }, encodeNotice(notice));
  }

  #watchWindow(view: Window, signal: AbortSignal): void {
    if (this.#options.control?.dialogs !== "hide")
      watchDialogs(view, (notice) => this.#tellDialog(notice), signal);
    if (view !== window) this.#watchActivity(view, signal);
    this.emit("window", { view, signal });
  }

  #watchActivity(view: Window, signal: AbortSignal): void {
    const options = { capture: true, passive: true, signal };
    for (const type of ["pointerdown", "keydown", "wheel", "touchstart"])
      view.addEventListener(type, this.#active, options);
    for (const type of ["pointerdown", "pointerup", "keyup"])
      view.addEventListener(type, this.#highlights, options);
  }

  readonly #active = (event: Event): void => {
    const now = Date.now();
    // What the agent does here is not the customer's activity.
    if (!event.isTrusted || now - this.#activityAt < ACTIVITY_MS) return;
    this.#activityAt = now;
    this.transport?.activity();
  };

  /** What the customer clicks is shown to the agents; the first selection calls for the script that knows how to say it. */
  readonly #highlights = (event: Event): void => {
    const { enabled, elementHighlight, textHighlight } = this.marks.settings;
    if (this.marks.requested || !enabled || !event.isTrusted || !this.#capture) return;
    if (event.type !== "pointerdown") {
      if (textHighlight && ((event as UIEvent).view ?? window).getSelection()?.isCollapsed === false)
        this.marks.load();
    } else if (elementHighlight) {
      const id = clickedId(this.#capture, event.composedPath()[0] as Element);
      if (id) this.transport?.sendFrame({ type: FrameType.marks }, encodeClick(id));
    }
  };
}
