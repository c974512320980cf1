import type { CopaneAgentView } from "@copane/agent-view";
import type { DetailedHTMLProps as ElementProps, HTMLAttributes as PlainAttributes } from "react";
import type { AgentViewAttributes } from "./attributes.ts";

/*
 * `import type {} from "@copane/agent/react"`: JSX knows <copane-agent-view>.
 */
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "copane-agent-view": ElementProps<PlainAttributes<CopaneAgentView>, CopaneAgentView> &
        AgentViewAttributes;
    }
  }
}
