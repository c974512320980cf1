import { RestClient } from "@copane/client/agent";
import {
  type LiveSessionsAnswer,
  type Me,
  type PastEvent,
  type PastParticipant,
  type PastSession,
  type PolicyVersion,
  paths,
  type ReportBy,
  type ReportRow,
  type SitePolicy,
} from "@copane/protocol";
import { server } from "../server.ts";

export interface SessionDetail {
  session: PastSession;
  participants: PastParticipant[];
  events: PastEvent[];
}

export type Filters = Partial<
  Record<"from" | "to" | "agent" | "customer" | "outcome" | "state" | "q" | "sort" | "order", string>
>;

/** The administration's part of the REST API, as one signed-in person. Every method rejects with CopaneError. */
export class AdminApi extends RestClient {
  /** A proxy in front of the server may know the person by a cookie. */
  readonly #signedIn: { token: string; credentials: RequestCredentials };

  constructor(token: string) {
    super(server);
    this.#signedIn = { token, credentials: "same-origin" };
  }

  me(): Promise<Me> {
    return this.#json("GET", `${paths.admin}/me`);
  }

  live(): Promise<LiveSessionsAnswer> {
    return this.#json("GET", paths.agentSessions);
  }

  async end(id: string): Promise<void> {
    await this.#json("POST", `${paths.admin}/sessions/${encodeURIComponent(id)}/end`);
  }

  sessions(
    filters: Filters & { cursor?: string; limit?: string },
  ): Promise<{ sessions: PastSession[]; total: number; nextCursor: string | null }> {
    return this.#json("GET", `${paths.audit}/sessions?${query(filters)}`);
  }

  session(id: string): Promise<SessionDetail> {
    return this.#json("GET", `${paths.audit}/sessions/${encodeURIComponent(id)}`);
  }

  async report(by: ReportBy, filters: Filters): Promise<ReportRow[]> {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const path = `${paths.audit}/reports/${by}?${query({ ...filters, zone })}`;
    return (await this.#json<{ rows: ReportRow[] }>("GET", path)).rows;
  }

  /** The export as a file to save. */
  async export(format: "csv" | "json", filters: Filters): Promise<Blob> {
    const path = `${paths.audit}/export?${query({ ...filters, format })}`;
    const response = await this.ask("GET", path, this.#signedIn);
    return response.blob();
  }

  /** The policy in force, or a version of it. */
  policy(version?: number): Promise<PolicyVersion> {
    return this.#json("GET", `${paths.admin}/policy${version === undefined ? "" : `?version=${version}`}`);
  }

  /** Who saved what when, newest first. */
  async policyVersions(): Promise<Omit<PolicyVersion, "policy">[]> {
    const path = `${paths.admin}/policy/history`;
    return (await this.#json<{ versions: Omit<PolicyVersion, "policy">[] }>("GET", path)).versions;
  }

  savePolicy(version: number, policy: SitePolicy): Promise<PolicyVersion> {
    return this.#json("PUT", `${paths.admin}/policy`, { version, policy });
  }

  #json<T>(method: string, path: string, body?: object): Promise<T> {
    return this.call(method, path, { ...this.#signedIn, ...(body ? { body } : {}) });
  }
}

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(given).toString();
}
