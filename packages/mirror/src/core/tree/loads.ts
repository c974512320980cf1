import { type LoadPolicy, loadSource } from "@copane/protocol";
import { publicEndings } from "./public-endings.ts";

export const publicLoads: LoadPolicy = { from: "public", allow: [] };

/**
 * Says from where the documents of a replica may load. It does so as a Content Security Policy, which stands before all
 * that a browser loads, from attributes, styles, sheets of others and redirections alike. Such a policy cannot name
 * what
 * is private; it names what is public: names that end like names of the public internet. Addresses of numbers, in
 * whatever spelling, names without a dot, and `.local`, `.internal`, `.localhost` and their like do not.
 */
export class Loads {
  readonly #policy: LoadPolicy;
  /** The origin of the customer's page that no public name has: there is one in a session. */
  #own: string | undefined;

  constructor(policy: LoadPolicy) {
    this.#policy = policy;
  }

  /**
   * What documents may load from, as a list of sources.
   * @param pageUrl of the customer's page, whose own origin may be loaded from
   */
  sources(pageUrl: string): string {
    const { from, allow } = this.#policy;
    if (from === "none") return "";
    if (allow.includes("*")) return "http: https:";
    const own = originOf(pageUrl);
    if (own !== undefined && !isPublic(own)) this.#own ??= own;
    const named = allow.filter((entry) => loadSource.test(entry)).map(withPort);
    return [...publicSources(), ...named, ...(own === this.#own && own ? [own] : [])].join(" ");
  }
}

let listed: readonly string[] | undefined;

function publicSources(): readonly string[] {
  listed ??= publicEndings.split(" ").map((ending) => `*.${ending}:*`);
  return listed;
}

function isPublic(origin: string): boolean {
  return publicSources().some((listed) => new URL(origin).hostname.endsWith(listed.slice(1, -2)));
}

/** Without a port a source is the usual one alone. */
function withPort(entry: string): string {
  return /:(\d+|\*)$/.test(entry) ? entry : entry.includes("//") ? entry : `${entry}:*`;
}

function originOf(url: string): string | undefined {
  try {
    const { origin } = new URL(url);
    return /^https?:/.test(origin) && loadSource.test(origin) ? origin : undefined;
  } catch {
    return undefined;
  }
}
