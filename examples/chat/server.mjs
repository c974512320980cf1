import { agentToken } from "../lib/agent-token.mjs";

export const routes = { "GET /agent-token": agentToken };
