import { PROTOCOL_VERSION, paths, type Role, type Ticket } from "@copane/protocol";
import { WebSocket } from "ws";
import { type Server, signInCode } from "./processes.ts";

/** Sessions that are set up at the same time. */
const AT_ONCE = 8;

/** A participant that comes back after a loss, as the browsers' do; to the next server, if there are several. */
export class Participant {
  socket!: WebSocket;
  #page: number | undefined;
  #welcomed!: Promise<void>;
  #taken!: () => void;
  #ended = false;
  #attempt = 0;
  readonly #role: Role;
  readonly #token: string;
  readonly #servers: readonly Server[];
  #at: number;
  readonly #received: ((data: Buffer) => void) | undefined;

  constructor(
    role: Role,
    token: string,
    servers: readonly Server[],
    at: number,
    received?: (data: Buffer) => void,
  ) {
    this.#role = role;
    this.#token = token;
    this.#servers = servers;
    this.#at = at;
    this.#received = received;
    this.#expect();
    this.#open();
  }

  /** Once a server has taken the participant in, on this connection or the next that succeeds. */
  get welcomed(): Promise<void> {
    return this.#welcomed;
  }

  /** Which page of the session's the customer is on. */
  get page(): number {
    return this.#page ?? 1;
  }

  end(): void {
    this.#ended = true;
    this.socket.terminate();
  }

  #expect(): void {
    this.#welcomed = new Promise((resolve) => {
      this.#taken = resolve;
    });
  }

  #open(): void {
    const { base } = this.#servers[this.#at % this.#servers.length] as Server;
    const path = this.#role === "customer" ? paths.customerSocket : paths.agentSocket;
    const socket = new WebSocket(`${base.replace("http", "ws")}${path}/websocket`, {
      perMessageDeflate: false,
    });
    this.socket = socket;
    socket.on("open", () =>
      socket.send(
        JSON.stringify({ t: "hello", version: PROTOCOL_VERSION, token: this.#token, page: this.#page }),
      ),
    );
    let welcome = false;
    socket.on("message", (data: Buffer, binary) => {
      if (binary) return this.#received?.(data);
      const message = JSON.parse(data.toString());
      if (message.t !== "welcome") return;
      welcome = true;
      this.#attempt = 0;
      this.#page = message.page;
      this.#taken();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#ended) return;
      if (welcome) this.#expect();
      this.#at++;
      setTimeout(
        () => this.#open(),
        Math.min(250 * 1.7 ** this.#attempt++, 2_000) * (0.7 + Math.random() * 0.6),
      );
    });
  }
}

export interface Session {
  customer: Participant;
  agent: Participant;
}

export interface Where {
  customer: number;
  agent: number;
}

/**
 * Sets sessions up, some at once.
 *
 * @param where the servers, by their places in the list, that the participants of a session connect to
 * @returns the sessions, and how many were set up a second
 */
export async function setUp(
  count: number,
  servers: readonly Server[],
  where: (n: number) => Where = () => ({ customer: 0, agent: 0 }),
  received?: (n: number) => (data: Buffer) => void,
): Promise<{ sessions: Session[]; perSecond: number }> {
  const first = servers[0] as Server;
  // Each has an agent: the keys that one tries at once are few.
  const agents = await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, n) => {
      const { token } = await post(first, paths.agentSignIn, { name: `Grace ${n}`, code: signInCode });
      return token as string;
    }),
  );
  const sessions: Session[] = [];
  let next = 0;
  const from = performance.now();
  const some = async (token: string) => {
    for (let n = next++; n < count; n = next++) {
      const { customer: atCustomer, agent: atAgent } = where(n);
      const begun = (await post(servers[atCustomer] as Server, paths.customerRequest, {
        name: "Ada",
      })) as unknown as Ticket;
      const customer = new Participant("customer", begun.token, servers, atCustomer);
      await customer.welcomed;
      const joined = (await post(
        servers[atAgent] as Server,
        paths.agentLiveJoin,
        { name: "Grace", passphrase: begun.passphrase },
        token,
      )) as unknown as Ticket;
      const agent = new Participant("agent", joined.token, servers, atAgent, received?.(n));
      await agent.welcomed;
      sessions[n] = { customer, agent };
    }
  };
  await Promise.all(agents.map(some));
  return { sessions, perSecond: count / ((performance.now() - from) / 1_000) };
}

async function post(
  { base }: Server,
  path: string,
  body: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const answer = await fetch(base + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  if (answer.status === 429) {
    // Keys that are tried at once count as guesses until they are found to be right.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return post({ base } as Server, path, body, token);
  }
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}
