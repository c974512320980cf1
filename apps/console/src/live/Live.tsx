import { type CopaneAgentView, defineAgentView } from "@copane/agent-view";
import type { AgentSession } from "@copane/client/agent";
import { useComputedColorScheme } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";

defineAgentView();

/** The customer's page with all of its tools: the same element that other desktops embed. */
export function Live({ session }: { session: AgentSession }) {
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
        locale={navigator.language}
        invite-link={`${location.origin}${location.pathname}#invite=`}
      />
    </main>
  );
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "copane-agent-view": React.DetailedHTMLProps<React.HTMLAttributes<CopaneAgentView>, CopaneAgentView> & {
        scheme?: string;
        locale?: string;
        "invite-link"?: string;
      };
    }
  }
}
