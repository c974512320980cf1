import { AgentSession } from "@copane/client/agent";
import type { EndReason, SessionView } from "@copane/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { loadSockJs, server } from "../server.ts";

export interface LiveState {
  session: AgentSession;
  view: SessionView;
  closed?: EndReason;
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
        return view && { ...before, ...change, view, session };
      });
    };
    session.on("change", ({ session: view }) => patch({ view }));
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
    if (AgentSession.resumable()) void make().comeBack();
    return () => current.current?.detach();
  }, [make]);

  return { live, make, clear };
}
