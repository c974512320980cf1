import { randomBytes } from "node:crypto";
import { type CustomerIdentity, signAgentToken, signCustomerIdentity, type TokenWish } from "@copane/node";
import { type Config, createServer, loadConfig } from "@copane/server";

/** A real server in this process, with nothing kept but in memory. */
export interface TestServer {
  /** Its address, without a slash at the end: for `copane.server`, `<copane-agent-view server>` and the fakes. */
  readonly url: string;
  /** An agent's token that it takes. */
  agentToken(agent?: Partial<TokenWish>): Promise<string>;
  /** A customer's identity that it takes, for `copane.identify({ token })`. */
  identity(customer: CustomerIdentity): Promise<string>;
  /** Ends all sessions and stops. */
  close(): Promise<void>;
}

/**
 * Starts a server on a free port of this machine, with secrets of its own, for every origin. It gives out the
 * customer's script (`/sdk/copane.js`) and the desk as any other.
 * @param settings in place of the defaults, by their keys in `docs/configuration.md`
 */
export async function startTestServer(settings: Partial<Config> = {}): Promise<TestServer> {
  const secret = () => randomBytes(32).toString("base64url");
  const overrides = {
    port: 0,
    logLevel: "error" as const,
    dataDir: "",
    allowedOrigins: ["*"],
    jwtSecret: secret(),
    identitySecret: secret(),
    requestsPerMinute: 100_000,
    ...settings,
  };
  // What is set for servers on this machine is not meant for this one.
  const config = loadConfig({}, { overrides });
  const server = await createServer(config);
  const url = await server.listen();
  return {
    url,
    agentToken: (agent = {}) =>
      signAgentToken(
        config.jwtSecret,
        { id: "robin", name: "Robin", ...agent },
        { issuer: config.jwtIssuer, audience: config.jwtAudience, roleClaim: config.jwtRoleClaim },
      ),
    identity: (customer) =>
      signCustomerIdentity(config.identitySecret, customer, {
        issuer: config.identityIssuer,
        audience: config.identityAudience,
      }),
    close: () => server.close(),
  };
}
