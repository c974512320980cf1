/** Attributes of `<copane-agent-view>`, as templates write them; the token is a property of the element. */
export interface AgentViewAttributes {
  /** The server's base URL; the page's own origin by default. */
  server?: string;
  /** The agent's name as the customer sees it. */
  name?: string;
  /** Language of the view. */
  locale?: string;
  /** Colours: `dark`, else light. */
  scheme?: "dark" | "light";
  /** An address to which an invitation's key is appended. */
  "invite-link"?: string;
  /** The one origin whose page may give orders by `postMessage`. */
  "allowed-origin"?: string;
}
