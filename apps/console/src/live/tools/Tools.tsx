import type { AgentSession } from "@copane/client/agent";
import { fill } from "@copane/ui";
import { useEffect, useState } from "react";
import { text } from "../../text.ts";
import { DrawTools } from "./DrawTools.tsx";
import "./tools.css";
import { useMarks } from "./useMarks.ts";
import { ViewTools } from "./ViewTools.tsx";

/** How long a refusal is told. */
const REFUSED_MS = 5_000;

export interface ToolsProps {
  session: AgentSession;
  /** The customer's. */
  name: string;
  /** Whether this agent is in control. */
  control: boolean;
  /** Where in the live view the line stands. */
  slot: string;
}

/** What the agent points, draws and looks with; one line under the bar. */
export function Tools({ session, name, control, slot }: ToolsProps) {
  const { settings, count } = useMarks(session);
  const { enabled } = settings;
  const [refused, setRefused] = useState(false);

  useEffect(() => {
    session.marks.setLabels({ pad: text.pad, note: text.noteField });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = session.marks.on("refused", () => {
      clearTimeout(timer);
      setRefused(true);
      timer = setTimeout(() => setRefused(false), REFUSED_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [session]);

  const hint = () => {
    if (refused) return text.refusedMark;
    if (!enabled) return "";
    if (settings.drawing) return fill(text.drawingNow, { name });
    return settings.marker ? text.markingNow : "";
  };

  return (
    <div className="tools-row" slot={slot}>
      <DrawTools marks={session.marks} settings={settings} count={count} />
      <div className="tools-hint" role="status" data-refused={refused}>
        {hint()}
      </div>
      <ViewTools session={session} control={control} />
    </div>
  );
}
