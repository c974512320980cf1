import type { AgentSession } from "@copane/client/agent";
import { useEffect, useState } from "react";

/** This agent's way of marking, and how many marks there are. */
export function useMarks({ marks }: AgentSession) {
  const [settings, setSettings] = useState(marks.settings);
  const [count, setCount] = useState({ own: 0, others: 0 });
  useEffect(() => {
    setSettings(marks.settings);
    const offs = [marks.on("settings", setSettings), marks.on("count", setCount)];
    return () => {
      for (const off of offs) off();
    };
  }, [marks]);
  return { settings, count };
}
