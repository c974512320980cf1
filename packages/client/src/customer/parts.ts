import type { pointedAt } from "@copane/mirror/control";
import { OnRequest } from "@copane/mirror/on-request";
import {
  type Command,
  type CommandMessage,
  controlOf,
  type Frame,
  participantOf,
  type SessionView,
} from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import { fetched } from "../fetched.ts";
import { Marks } from "../marks.ts";
import type { CustomerMatch } from "../match/match.ts";
import type { Transport } from "../transport/transport.ts";
import { AgentControl } from "./agent-control.ts";
import type { CustomerEvents, CustomerSessionOptions } from "./options.ts";
import type { SharedPage } from "./shared-page.ts";
import { CustomerTalk } from "./talk.ts";

export interface PartsHost {
  options: CustomerSessionOptions;
  page(): SharedPage;
  session(): SessionView | undefined;
  transport(): Transport | undefined;
  command(command: Command | CommandMessage): Promise<unknown>;
  emit<K extends keyof CustomerEvents>(type: K, event: CustomerEvents[K]): void;
  /** A part's script did not come. */
  onMissing(cause: unknown): void;
}

/** Drawing and pointing, in the page's layer for marks. */
export function customerMarks({ options: { marks }, page, onMissing }: PartsHost): Marks {
  return new Marks({
    possible: () => marks !== undefined,
    onError: onMissing,
    start: async (events) => {
      if (!marks) throw new Error("this page has no layer for marks");
      const { createCustomerMarks: create } = await fetched(marks.load);
      return create({
        ...events,
        window,
        layer: marks.layer,
        capture: () => page().capture,
        send: (peer, payload) => page().send({ type: FrameType.marks, peer }, payload),
      });
    },
  });
}

/** What agents do in the page. */
export function customerControl(host: PartsHost): AgentControl {
  const { options, page, session, command, emit, onMissing } = host;
  const { control, ignore, loadControl } = options;
  const answer = (message: Command | CommandMessage) => {
    // If the session is over meanwhile, nobody waits for it.
    command(message).catch(() => {});
  };
  return new AgentControl({
    answer,
    onMissing,
    mayAct: (viewer) => {
      const view = session();
      return page().sharing === "on" && !!view && controlOf(view, viewer) === "held";
    },
    load: async () => {
      const { CustomerControl: Control } = await loadControl();
      return new Control({
        window,
        ...(control ? { policy: control } : {}),
        ...(ignore ? { ignore } : {}),
        session,
        capture: () => page().capture,
        answer,
        onTouch: (viewer, element) => emit("touch", { viewer, element }),
        onNotice: (viewer, notice) => page().notify(viewer, notice),
        onProposal: (shown) => emit("proposal", shown),
        onScope: (element) => emit("scope", element),
      });
    },
  });
}

/** The chat; undefined where the site has none. */
export function customerTalk(host: PartsHost): CustomerTalk | undefined {
  const { options, session, transport, emit, onMissing } = host;
  const { loadChat } = options;
  if (!loadChat) return undefined;
  const make = async () => {
    const { CustomerChat: Chat } = await loadChat();
    return new Chat({
      send: (peer, payload) => transport()?.sendFrame({ type: FrameType.chat, peer }, payload),
      nameOf: (by) => {
        const view = session();
        return view && participantOf(view, by)?.name;
      },
      changed: (lines) => emit("chat", lines),
    });
  };
  return new CustomerTalk(make, session, onMissing);
}

/** Compares figures with the agent's screen, where the site asks for that. */
export function customerMatch({ options, command, emit, onMissing }: PartsHost): OnRequest<CustomerMatch> {
  const load = async () => {
    const { CustomerMatch: Match } = await fetched(options.loadMatch ?? noMatch);
    return new Match({
      command,
      changed: (figures) => emit("figures", figures),
      failed: onMissing,
    });
  };
  return new OnRequest(load, { onError: onMissing });
}

function noMatch(): Promise<never> {
  return Promise.reject(new Error("this page cannot compare figures"));
}

/** Reads where agents point. Gives what takes a frame of it. */
export function agentPointers({ options, page, emit, onMissing }: PartsHost): (frame: Frame) => void {
  const load = async (): Promise<typeof pointedAt> => (await fetched(options.loadPointing)).pointedAt;
  const pointing = new OnRequest(load, { onError: onMissing });
  return ({ peer: viewer, payload }) => {
    if (page().sharing !== "on") return;
    pointing.use((pointed) => {
      const { capture } = page();
      if (!capture) return;
      try {
        emit("pointer", { viewer, at: pointed(payload, capture) });
      } catch {
        // Malformed: another party's mistake is not this page's.
      }
    });
  };
}
