import { type AgentRole, agentRoles, permissionsOf } from "@copane/protocol";
import { Command, Option } from "commander";
import { AgentAuth, demandsOf } from "../auth/agent.ts";
import { signAgentToken } from "../auth/agent-token.ts";
import { type Config, noAgents } from "../config/index.ts";
import { fail, readSettings, type SettingsOptions, wholeNumber, withSettings } from "./settings.ts";

/** A token for a test lives no longer than a day. */
const MOST_MINUTES = 1_440;

export interface TokenOptions {
  name: string;
  id: string;
  role: AgentRole;
  minutes: number;
}

export function tokenCommand(): Command {
  return withSettings(new Command("token").description("make an agent's token for a test"))
    .option("--name <name>", "the agent's name", "Test agent")
    .option("--id <id>", "the agent's id, the token's `sub`", "test-agent")
    .addOption(new Option("--role <role>", "what the agent may").choices(agentRoles).default("agent"))
    .option(
      "--minutes <minutes>",
      `how long it counts, at most ${MOST_MINUTES}`,
      wholeNumber(1, MOST_MINUTES),
      60,
    )
    .action(token);
}

async function token(options: TokenOptions & SettingsOptions): Promise<void> {
  const { name, id, role, minutes } = options;
  const made = await makeToken(readSettings(options), options).catch((error: Error) => fail(error.message));
  // The token alone is on standard output, so that a script can take it.
  process.stdout.write(`${made}\n`);
  process.stderr.write(
    `An agent's token for ${name} (${id}), role ${role}: ${permissionsOf[role].join(", ")}. It counts for ` +
      `${minutes} min, and nothing takes it back before.\n`,
  );
}

/** A token that a server of this configuration takes. Rejects, with the reason, when none can be made. */
export async function makeToken(config: Config, { name, id, role, minutes }: TokenOptions): Promise<string> {
  const { jwtSecret, jwtRoleClaim } = config;
  if (!jwtSecret) throw new Error(whyNone(config));
  if (!id) throw new Error("The agent's id is empty. Give it by --id.");
  const signed = await signAgentToken(
    jwtSecret,
    { id, name, role, seconds: minutes * 60 },
    demandsOf(config),
  );
  // A claim for the role that means something else (`sub`, `exp`) leaves none for it.
  const known = await new AgentAuth(config).identify(signed).catch(() => undefined);
  if (known?.agentId !== id || known.name !== name || known.role !== role)
    throw new Error(
      "A server with this configuration would not take the token for what it says. " +
        `Is COPANE_JWT_ROLE_CLAIM (${jwtRoleClaim}) a claim that means something else?`,
    );
  return signed;
}

function whyNone({ jwksUrl, devSignIn, agentAuth }: Config): string {
  if (jwksUrl)
    return (
      "No token can be made here: COPANE_JWKS_URL gives public keys, which check tokens and cannot sign any. " +
      "Whoever signs your agents in has the private key: get a token there, or test with COPANE_JWT_SECRET instead."
    );
  if (devSignIn)
    return (
      "No token can be made here: no COPANE_JWT_SECRET is set. With COPANE_DEV_SIGN_IN agents sign in " +
      "by the code that the server prints at start."
    );
  if (agentAuth !== "token")
    return (
      "No token can be made here: no COPANE_JWT_SECRET is set. " +
      `With COPANE_AGENT_AUTH=${agentAuth} agents are known without a token.`
    );
  return `No token can be made here: ${noAgents.text}\n${noAgents.mend}`;
}
