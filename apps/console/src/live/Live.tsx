import type {} from "@copane/agent/react";
import { type CopaneAgentView, defineAgentView } from "@copane/agent-view";
import { controlOf, customerOf } from "@copane/protocol";
import { useComputedColorScheme } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";
import type { LiveState } from "../session/useAgentSession.ts";
import { language } from "../text.ts";
import { Tools } from "./tools/Tools.tsx";

defineAgentView();

/** The customer's page with its tools: the same element that other desktops embed, and the desk's drawing line. */
export function Live({ live: { session, view: state } }: { live: LiveState }) {
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
  return (
    <main className="live" id="page" tabIndex={-1}>
      <copane-agent-view
        ref={view}
        scheme={scheme}
        locale={language}
        invite-link={`${location.origin}${location.pathname}#invite=`}
      >
        <Tools
          slot="line"
          session={session}
          name={customerOf(state)?.name ?? ""}
          control={controlOf(state, session.you) === "held"}
        />
      </copane-agent-view>
    </main>
  );
}
