export { AgentSession } from "@copane/client/agent";
