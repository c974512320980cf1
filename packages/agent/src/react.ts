import type { CopaneAgentView } from "@copane/agent-view";
import type {} from "react";
import type { AgentViewAttributes } from "./attributes.ts";

/*
 * `import type {} from "@copane/agent/react"`: JSX knows <copane-agent-view>.
 */
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "copane-agent-view": DetailedHTMLProps<HTMLAttributes<CopaneAgentView>, CopaneAgentView> &
        AgentViewAttributes;
    }
  }
}
