export { measureLatency, percentile } from "./fidelity/measure.ts";
export { AgentView } from "./support/agent.ts";
export { launchBrowser } from "./support/browser.ts";
export { Customer } from "./support/customer.ts";
export { startStack } from "./support/stack.ts";
