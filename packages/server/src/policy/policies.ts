import { CataloguedError, type PolicyVersion, type SitePolicy } from "@copane/protocol";
import type { Config } from "../config/index.ts";
import type { Database } from "../store/index.ts";
import { parsePolicy } from "./validate.ts";

interface Row {
  version: number;
  document: unknown;
  author: string;
  at: Date;
}

/** Another server on the same database may have stored a policy: it is in force everywhere within a second. */
const LOOK_MS = 800;

/** The site's policy: the newest version is in force, and whoever listens is told of a new one. */
export class Policies {
  readonly #database: Database;
  readonly #log: { warn(data: object, message: string): void };
  readonly #listeners = new Set<(policy: SitePolicy) => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  /** What holds before anybody has stored a policy. */
  readonly #configured: SitePolicy;
  #current: PolicyVersion;

  constructor(database: Database, config: Config, log: { warn(data: object, message: string): void }) {
    this.#database = database;
    this.#log = log;
    this.#configured = policyOf(config);
    this.#current = { version: 0, author: null, at: null, policy: this.#configured };
  }

  get current(): PolicyVersion {
    return this.#current;
  }

  get policy(): SitePolicy {
    return this.#current.policy;
  }

  onChange(listener: (policy: SitePolicy) => void): void {
    this.#listeners.add(listener);
  }

  /** Loads the newest version, and keeps looking where others may store one. */
  async open(): Promise<void> {
    await this.#load();
    if (this.#database.kind !== "postgresql") return;
    this.#timer = setInterval(() => {
      this.#load().catch((error) => this.#log.warn({ reason: error.code ?? error.name }, "policy not read"));
    }, LOOK_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /**
   * Stores a policy and puts it in force. `base` is the version that the author started from.
   * Throws INVALID_FIELD, POLICY_UNSAFE, or POLICY_CHANGED when somebody was faster.
   */
  async save(document: unknown, base: number, author: string): Promise<PolicyVersion> {
    const policy = parsePolicy(document);
    const rows = await this.#database.query<Row>(
      `insert into policies (document, author, at) select $1::text::jsonb, $2, $3
       where coalesce((select max(version) from policies), 0) = $4 returning *`,
      [JSON.stringify(policy), author, new Date(), base],
    );
    const [row] = rows;
    if (!row) throw new CataloguedError("POLICY_CHANGED");
    this.#take(row);
    return this.#current;
  }

  /** Every version's number, author and time, newest first. */
  async history(): Promise<Omit<PolicyVersion, "policy">[]> {
    const rows = await this.#database.query<Row>(
      "select version, author, at from policies order by version desc limit 100",
    );
    return rows.map(({ version, author, at }) => ({ version, author, at: at.toISOString() }));
  }

  /** A version as it was saved; 0 is what the configuration says. Throws NOT_FOUND. */
  async version(version: number): Promise<PolicyVersion> {
    if (version === 0) return { version, author: null, at: null, policy: this.#configured };
    const [row] = await this.#database.query<Row>("select * from policies where version = $1", [version]);
    if (!row) throw new CataloguedError("NOT_FOUND");
    return this.#versionOf(row);
  }

  async #load(): Promise<void> {
    const [row] = await this.#database.query<Row>("select * from policies order by version desc limit 1");
    if (row && row.version > this.#current.version) this.#take(row);
  }

  #take(row: Row): void {
    this.#current = this.#versionOf(row);
    for (const listener of this.#listeners) listener(this.#current.policy);
  }

  #versionOf({ version, document, author, at }: Row): PolicyVersion {
    // An earlier release stored fewer fields: there the configuration goes on to hold.
    const { consent, silentObservers, proposals } = this.#configured;
    const whole = { consent, silentObservers, proposals, ...(document as object) };
    return { version, author, at: at.toISOString(), policy: parsePolicy(whole) };
  }
}

function policyOf(config: Config): SitePolicy {
  const { controlLevel, silentObservers, proposals, numberMatch } = config;
  const { passphraseTtlMs, agentIdleMs, customerIdleMs, idleWarningMs, sessionTimeoutMs } = config;
  return {
    privacy: { mask: [], block: [], hide: [], removeIds: [] },
    controlLevel,
    timeouts: { passphraseTtlMs, agentIdleMs, customerIdleMs, idleWarningMs, sessionTimeoutMs },
    languages: { offered: [...config.locales], default: config.defaultLocale },
    consent: [...config.consent],
    consentText: {},
    silentObservers,
    proposals,
    numberMatch,
    retentionDays: 365,
  };
}
