import { CopaneAgentView } from "./element.ts";

export { type AgentViewEvents, CopaneAgentView } from "./element.ts";
export type { HostMessage, ViewMessage } from "./host.ts";

/** Makes `<copane-agent-view>` known to the page. Idempotent. */
export function defineAgentView(): void {
  if (!customElements.get("copane-agent-view")) customElements.define("copane-agent-view", CopaneAgentView);
}

declare global {
  interface HTMLElementTagNameMap {
    "copane-agent-view": CopaneAgentView;
  }
}

export { keys as viewKeys } from "./keys.ts";
