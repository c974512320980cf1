import type { AgentSession } from "@copane/client/agent";
import { fill } from "@copane/ui";
import { useEffect, useState } from "react";
import { text } from "../../text.ts";
import { useRove } from "../../useRove.ts";
import { useKeys } from "../shortcuts.ts";
import { DrawTools } from "./DrawTools.tsx";
import { useMarks } from "./useMarks.ts";
import { useToolKey, useView } from "./useTools.ts";
import { ViewTools } from "./ViewTools.tsx";
import "./tools.css";

/** How long a refusal is told. */
const REFUSED_MS = 5_000;

export interface ToolsProps {
  session: AgentSession;
  /** The customer's. */
  name: string;
  /** Whether this agent is in control. */
  control: boolean;
  /** Whether keys do what the tools do. */
  keys: boolean;
}

/** What the agent points, draws and looks with: a dock beside the page, and a line in the bar. */
export function Tools({ session, name, control, keys }: ToolsProps) {
  const { settings, count } = useMarks(session);
  const { enabled } = settings;
  const [refused, setRefused] = useState(false);
  const looks = useView(session);
  const dock = useRove<HTMLDivElement>(true);
  useKeys(keys, useToolKey(session, looks));

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
    <>
      <div
        className="dock"
        slot="dock"
        role="toolbar"
        aria-label={text.toolsDraw}
        aria-orientation="vertical"
        ref={dock}
      >
        <DrawTools marks={session.marks} settings={settings} count={count} />
        <span className="tools-rule" />
        <ViewTools session={session} looks={looks} control={control} />
      </div>
      <div className="tools-hint" slot="hint" role="status" data-refused={refused}>
        {hint()}
      </div>
    </>
  );
}
