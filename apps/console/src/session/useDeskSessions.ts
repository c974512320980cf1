import { useEffect, useState, useSyncExternalStore } from "react";
import { DeskSessions } from "./deskSessions.ts";

/** The sessions of this desk, and the screen's one among them. */
export function useDeskSessions() {
  const [sessions] = useState(() => new DeskSessions());
  const state = useSyncExternalStore(sessions.subscribe, () => sessions.state);
  useEffect(() => {
    sessions.resume();
    const look = () => {
      if (!document.hidden) sessions.look();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [sessions]);
  return { sessions, ...state };
}
