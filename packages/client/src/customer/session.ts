import { type Capture, createCapture, type EarlyFinds, type PrivacyPolicy } from "@copane/mirror/capture";
import {
  type Actor,
  type ControlPolicy,
  type createActor,
  pointedAt,
  watchDialogs,
} from "@copane/mirror/control";
import type { CustomerMarksEngine, createCustomerMarks } from "@copane/mirror/marks";
import {
  asksForMarks,
  type CustomerPolicy,
  encodeNotice,
  type Frame,
  FrameType,
  NO_MARKS,
  type Notice,
  type ServerMessage,
  type SessionView,
} from "@copane/protocol";
import { Marks } from "../marks.ts";
import { ParticipantSession, type SessionOptions } from "../session.ts";

/** Real input of the customer is told at most this often. */
const ACTIVITY_MS = 10_000;

/** Input that waits for its script; more than that a person does not do meanwhile. */
const MOST_WAITING = 200;

export interface CustomerSessionOptions extends SessionOptions {
  policy?: PrivacyPolicy;
  /** What a script that ran before the page's own has kept. */
  early?: EarlyFinds;
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
  #actor: Actor | undefined;
  /** Input that came before the script that performs it. */
  #waiting: [peer: number, payload: Uint8Array][] | undefined;
  #unwatchDialogs: (() => void) | undefined;
  #wanted = false;
  #pausedHere = false;
  /** The customer took control back; the server has yet to say so. */
  #revokedHere = false;
  #activityAt = 0;
  #abort: AbortController | undefined;

  constructor(options: CustomerSessionOptions) {
    super("customer", options);
    this.#options = options;
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
      this.marks.setEnabled(this.session?.state === "active");
      throw error;
    }
  }

  async resumeView(): Promise<void> {
    await this.command("session.resume");
  }

  grantControl(): Promise<void> {
    return this.command("control.grant");
  }

  denyControl(): Promise<void> {
    return this.command("control.deny");
  }

  /** Takes control back. The agent's input is ignored from the call on. */
  async revokeControl(): Promise<void> {
    this.#revokedHere = true;
    this.#actor?.release();
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
        // The server checks the grant; so does the page, for what was under way when it ended.
        if (this.session?.control.holder === peer && !this.#revokedHere) this.#input(peer, payload);
        break;
      case FrameType.pointer:
        if (!this.#pausedHere) this.#pointed(peer, payload);
        break;
      case FrameType.marks:
        if (!this.marks.idle || !asksForMarks(payload)) this.marks.receive(peer, payload);
        else this.transport?.sendFrame(FrameType.marks, peer, 0, NO_MARKS);
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
    } else if (message.t === "mirror.resync") this.#capture?.resync();
  }

  protected override onChange(session: SessionView): void {
    const paused = session.state === "paused";
    if (paused !== this.#pausedHere || !paused) {
      this.#pausedHere = paused;
      if (paused) this.#capture?.pause();
      else this.#capture?.resume();
    }
    if (session.control.holder === undefined) this.#revokedHere = false;
    this.marks.setEnabled(session.state === "active" && !this.#pausedHere);
    this.#marking?.present(new Set(session.participants.map(({ number }) => number)));
    if (session.control.holder === undefined) this.#actor?.release();
    if (session.control.holder ?? session.control.pending) this.#prepareControl();
    if (session.state !== "closed") this.#watchActivity();
  }

  protected override onEnd(): void {
    this.#wanted = false;
    this.marks.setEnabled(false);
    this.marks.unload();
    this.#marking = undefined;
    this.#stopCapture();
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #startCapture(): void {
    if (this.#capture) {
      this.#capture.resync();
      return;
    }
    this.#capture = createCapture({
      window,
      policy: this.#policy(),
      ...(this.#options.ignore ? { ignore: this.#options.ignore } : {}),
      ...(this.#options.early ? { early: this.#options.early } : {}),
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
    if (this.#pausedHere) this.#capture.pause();
    this.#capture.start();
    if (this.session?.control.holder !== undefined) this.#prepareControl();
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
    this.#actor?.stop();
    this.#unwatchDialogs?.();
    this.#unwatchDialogs = undefined;
    this.#capture?.stop();
    this.#capture = undefined;
    this.#actor = undefined;
    this.#waiting = undefined;
  }

  /** Loads the script that performs input; what comes meanwhile waits. */
  #prepareControl(): void {
    const capture = this.#capture;
    if (!capture || this.#actor || this.#waiting) return;
    const { loadControl, control, ignore } = this.#options;
    const waiting: [number, Uint8Array][] = [];
    this.#waiting = waiting;
    loadControl()
      .then(({ createActor: create }) => {
        if (this.#waiting !== waiting) return;
        this.#waiting = undefined;
        this.#actor = create({
          window,
          capture,
          ...(control ? { policy: control } : {}),
          ...(ignore ? { ignore } : {}),
          onTouch: (viewer, element) => this.emit("touch", { viewer, element }),
          onNotice: (viewer, notice) => this.#tell(viewer, notice),
        });
        for (const [peer, payload] of waiting) this.#input(peer, payload);
      })
      .catch((error) => {
        this.#waiting = undefined;
        console.warn("copane: control could not be loaded", error);
      });
  }

  #input(peer: number, payload: Uint8Array): void {
    if (this.#actor) this.#actor.input(peer, payload);
    else if (this.#waiting && this.#waiting.length < MOST_WAITING) this.#waiting.push([peer, payload]);
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
