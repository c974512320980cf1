export { CopaneAgentView } from "./agent.ts";
export { CopaneLauncher, copanePlugin, useCopane, useCopaneEvent } from "./customer.ts";
