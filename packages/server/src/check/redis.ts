import type { Config } from "../config/index.ts";
import { inspectRedis, type RedisState } from "../servers/index.ts";
import { judgeClock } from "./clock.ts";
import { type Finding, Findings } from "./finding.ts";
import { reasonOf, within } from "./reason.ts";

const OLDEST = "6.2";
/** Sharded channels came with it. */
const OLDEST_CLUSTER = "7.0";
const ANSWER_MS = 8_000;

/** The Redis by which several servers work together. Of a cluster, one of its servers is looked at. */
export async function checkRedis({ redisUrl }: Config): Promise<Finding[]> {
  if (!redisUrl) return [];
  try {
    return judgeRedis(await within(ANSWER_MS, inspectRedis(redisUrl)), redisUrl.includes("+cluster:"));
  } catch (error) {
    const findings = new Findings("redis");
    findings.problem(
      `the Redis that COPANE_REDIS_URL names cannot be used: ${reasonOf(error)}`,
      "Check hosts, ports, user and password in COPANE_REDIS_URL, and that redis-cli connects from here.",
    );
    return findings.list;
  }
}

/** @param asCluster the address says that it is a cluster */
export function judgeRedis(state: RedisState, asCluster: boolean): Finding[] {
  const findings = new Findings("redis");
  const { product, version, eviction, bounded, cluster, heard } = state;
  const oldest = asCluster ? OLDEST_CLUSTER : OLDEST;
  if (version === undefined)
    findings.warning(
      "it answers, but its version and memory may not be asked for",
      `Allow its user INFO, or see yourself that it is ${oldest} or later and its maxmemory-policy noeviction.`,
    );
  else if (isOlder(version, oldest))
    findings.problem(
      `${product} ${version} is too old`,
      `Take Redis ${oldest} or later${asCluster ? " for a cluster" : ""}, or Valkey.`,
    );
  else findings.ok(`${product} ${version} answers`);
  if (cluster && !asCluster)
    findings.problem(
      "it is part of a cluster, and COPANE_REDIS_URL names it as one server",
      "Let the address begin with redis+cluster://.",
    );
  if (bounded && eviction !== undefined && eviction !== "noeviction")
    findings.problem(
      `when its memory is full it throws keys away (maxmemory-policy ${eviction}): leases and keys of sessions go`,
      "Set maxmemory-policy noeviction, and give Copane a Redis of its own if others need the policy.",
    );
  if (!heard)
    findings.problem(
      "what is published in it does not come to those who subscribed",
      "Allow its user SUBSCRIBE and PUBLISH on the channels copane:* (in a cluster SSUBSCRIBE and SPUBLISH).",
    );
  judgeClock(findings, state.aheadMs);
  return findings.list;
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(".").map(Number)) as [number[], number[]];
  return (a[0] ?? 0) < (b[0] ?? 0) || (a[0] === b[0] && (a[1] ?? 0) < (b[1] ?? 0));
}
