export { AgentMatch, CustomerMatch } from "./match.ts";
