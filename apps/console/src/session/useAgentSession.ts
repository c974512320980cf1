import { AgentSession, type ConnectionState } from "@copane/client/agent";
import type { CloseReason, Notice, SessionEvent, SessionView } from "@copane/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { loadSockJs, server } from "../server.ts";

/** How long a refusal is shown, in milliseconds. */
const REFUSAL_MS = 6_000;

export interface LiveState {
  session: AgentSession;
  view: SessionView;
  connection: ConnectionState;
  page?: { url: string; title: string };
  ready: boolean;
  /** What happened last, for notices. */
  last?: { event: SessionEvent; at: number };
  closed?: CloseReason;
  /** What the customer's page said last, for as long as it matters. */
  notice?: Notice | undefined;
  /** When idleness ends the session, in milliseconds since 1970. */
  idleUntil?: number;
}

/** The one session of this desk: what the screens show comes from here, one way. */
export function useAgentSession() {
  const [live, setLive] = useState<LiveState>();
  const current = useRef<AgentSession>(undefined);

  const make = useCallback((): AgentSession => {
    const session = new AgentSession({ server, loadSockJs });
    const patch = (change: Partial<LiveState>) => {
      if (current.current !== session) return;
      setLive((before) => {
        const view = change.view ?? before?.view ?? session.session;
        return view && { connection: "connecting", ready: false, ...before, ...change, view, session };
      });
    };
    session.on("change", ({ session: view, event }) => {
      const idleUntil = view.idleClosesInMs === undefined ? undefined : Date.now() + view.idleClosesInMs;
      setLive((before) => {
        if (current.current !== session) return before;
        const { idleUntil: _, ...rest } = before ?? { connection: "connecting" as const, ready: false };
        return {
          ...rest,
          view,
          session,
          ...(idleUntil === undefined ? {} : { idleUntil }),
          ...(event ? { last: { event, at: Date.now() } } : {}),
        };
      });
    });
    session.on("connection", (connection) => patch({ connection }));
    session.on("page", (page) => patch({ page }));
    session.on("ready", () => patch({ ready: true }));
    let forget: ReturnType<typeof setTimeout> | undefined;
    session.on("notice", (notice) => {
      clearTimeout(forget);
      patch({ notice: notice.kind === "dialogClosed" ? undefined : notice });
      // A refusal is news for a moment, a dialog for as long as it stands.
      if (notice.kind === "refused") forget = setTimeout(() => patch({ notice: undefined }), REFUSAL_MS);
    });
    session.on("closed", (closed) => patch({ closed }));
    current.current?.detach();
    current.current = session;
    setLive(undefined);
    return session;
  }, []);

  const clear = useCallback(() => {
    current.current?.detach();
    current.current = undefined;
    setLive(undefined);
  }, []);

  // A reloaded desk goes on where it was.
  useEffect(() => {
    if (AgentSession.resumable("agent")) void make().resume();
    return () => current.current?.detach();
  }, [make]);

  return { live, make, clear };
}
