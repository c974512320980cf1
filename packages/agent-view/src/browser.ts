import { defineAgentView } from "./index.ts";

defineAgentView();
