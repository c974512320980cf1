import type {} from "@copane/agent/react";
import { type CopaneAgentView, defineAgentView } from "@copane/agent-view";
import { controlOf, customerOf } from "@copane/protocol";
import { useComputedColorScheme } from "@mantine/core";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import type { Held } from "../session/deskSessions.ts";
import { language } from "../text.ts";
import { cannedLines } from "./canned.ts";
import { Tools } from "./tools/Tools.tsx";

defineAgentView();

interface LiveProps {
  live: Held;
  /** Whether it is the one on the screen; the others stay as they are behind it. */
  shown: boolean;
  /** Whether single keys are shortcuts. */
  keys: boolean;
  /** The way home and to other sessions. */
  switcher: ReactNode;
  /** The desk's own menu. */
  menu: ReactNode;
}

/** The customer's page with its tools: the same element that other desktops embed, and the desk's own dock. */
export function Live({ live: { session, view: state }, shown, keys, switcher, menu }: LiveProps) {
  const view = useRef<CopaneAgentView>(null);
  const scheme = useComputedColorScheme("light");
  useLayoutEffect(() => {
    const element = view.current;
    if (!element) return;
    element.session = session;
    return () => {
      element.session = undefined;
    };
  }, [session]);
  useLayoutEffect(() => {
    if (view.current) view.current.cannedLines = cannedLines();
  });
  return (
    <main className="live" data-shown={shown} inert={!shown} {...(shown ? { id: "page" } : {})} tabIndex={-1}>
      <copane-agent-view
        ref={view}
        scheme={scheme}
        locale={language}
        invite-link={`${location.origin}${location.pathname}#invite=`}
        {...(keys ? { shortcuts: "" } : {})}
      >
        {shown && (
          <>
            <div slot="start">{switcher}</div>
            <div slot="end">{menu}</div>
          </>
        )}
        <Tools
          session={session}
          name={customerOf(state)?.name ?? ""}
          control={controlOf(state, session.you) === "held"}
          keys={keys && shown}
        />
      </copane-agent-view>
    </main>
  );
}
