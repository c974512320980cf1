import {
  CataloguedError,
  CopaneError,
  type ErrorBody,
  type LiveSessionsAnswer,
  type Permission,
  paths,
  type SitePolicy,
} from "@copane/protocol";
import { server } from "../server.ts";

export interface Me {
  agentId: string;
  name: string | null;
  role: string;
  permissions: Permission[];
}

export interface PastSession {
  id: string;
  initiator: "customer" | "agent";
  locale: string;
  customer: string | null;
  agentId: string | null;
  agent: string | null;
  createdAt: string;
  endedAt: string | null;
  durationMs: number | null;
  outcome: string | null;
  endedBy: "customer" | "agent" | null;
  controls: number;
  pages: number;
  compared: number;
  repaired: number;
}

export interface SessionDetail {
  session: PastSession;
  participants: { number: number; role: "customer" | "agent"; name: string; agentId: string | null }[];
  events: { id: number; at: string; event: string; by: number | null; detail: string | null }[];
}

export interface ReportRow {
  key: string | null;
  name?: string;
  sessions: number;
  attended: number;
  controlled: number;
  averageMs: number | null;
}

export interface PolicyVersion {
  version: number;
  author: string | null;
  at: string | null;
  policy: SitePolicy;
}

export type Filters = Partial<
  Record<"from" | "to" | "agent" | "customer" | "outcome" | "state" | "q", string>
>;

/** The administration's part of the REST API, as one signed-in person. Every method rejects with CopaneError. */
export class AdminApi {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
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
    filters: Filters & { cursor?: string },
  ): Promise<{ sessions: PastSession[]; total: number; nextCursor: string | null }> {
    return this.#json("GET", `${paths.audit}/sessions?${query(filters)}`);
  }

  session(id: string): Promise<SessionDetail> {
    return this.#json("GET", `${paths.audit}/sessions/${encodeURIComponent(id)}`);
  }

  async report(by: "day" | "agent" | "outcome", filters: Filters): Promise<ReportRow[]> {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const path = `${paths.audit}/reports/${by}?${query({ ...filters, zone })}`;
    return (await this.#json<{ rows: ReportRow[] }>("GET", path)).rows;
  }

  /** The export as a file to save. */
  async export(format: "csv" | "json", filters: Filters): Promise<Blob> {
    const response = await this.#ask("GET", `${paths.audit}/export?${query({ ...filters, format })}`);
    return response.blob();
  }

  policy(): Promise<PolicyVersion> {
    return this.#json("GET", `${paths.admin}/policy`);
  }

  savePolicy(version: number, policy: SitePolicy): Promise<PolicyVersion> {
    return this.#json("PUT", `${paths.admin}/policy`, { version, policy });
  }

  async #json<T>(method: string, path: string, body?: object): Promise<T> {
    return (await this.#ask(method, path, body)).json() as Promise<T>;
  }

  async #ask(method: string, path: string, body?: object): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(server + path, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body ? { "content-type": "application/json" } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    } catch (cause) {
      throw new CataloguedError("INTERNAL", { message: "The co-browsing server cannot be reached.", cause });
    }
    if (response.ok) return response;
    const { error } = (await response.json().catch(() => ({}))) as { error?: ErrorBody };
    throw error ? new CopaneError(error, response.status) : new CataloguedError("INTERNAL");
  }
}

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(given).toString();
}
