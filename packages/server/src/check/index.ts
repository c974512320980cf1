import type { Config } from "../config/index.ts";
import { checkKeySet, checkPublicAddress, checkWebhooks } from "./addresses.ts";
import { checkData } from "./data.ts";
import type { Finding } from "./finding.ts";
import { checkAgents, checkOrigins } from "./people.ts";
import { checkPort } from "./port.ts";
import { checkRedis } from "./redis.ts";

export type { Finding } from "./finding.ts";

interface CheckOptions {
  /** Of the server that is to run. */
  version: string;
  /** By which browsers reach the server, if that is to be tried. */
  publicAddress?: string | undefined;
}

/** Looks at everything that a server of this configuration needs, and changes nothing. Each look ends by itself. */
export async function check(config: Config, { version, publicAddress }: CheckOptions): Promise<Finding[]> {
  const found = await Promise.all([
    { about: "configuration", level: "ok", text: "every setting can be used" } as const,
    checkAgents(config),
    checkOrigins(config),
    checkData(config),
    checkRedis(config),
    checkPort(config),
    checkKeySet(config),
    checkWebhooks(config),
    publicAddress === undefined ? [] : checkPublicAddress(publicAddress, version),
  ]);
  return found.flat();
}
