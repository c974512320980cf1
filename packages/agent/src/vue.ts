import type { AgentViewEvents, CopaneAgentView } from "@copane/agent-view";
import type { DefineComponent, HTMLAttributes } from "vue";
import type { AgentViewAttributes } from "./attributes.ts";

/** Listeners as templates write them: `@copane-ended`. */
type Listeners = {
  [name in keyof AgentViewEvents as `on${Capitalize<name>}`]?: (
    event: CustomEvent<AgentViewEvents[name]>,
  ) => void;
};

/*
 * `import "@copane/agent/vue"`: templates know <copane-agent-view>.
 */
declare module "vue" {
  interface GlobalComponents {
    "copane-agent-view": DefineComponent<
      HTMLAttributes & AgentViewAttributes & Partial<Pick<CopaneAgentView, "token">> & Listeners
    >;
  }
}
