import type { CommandMessage, MatchView, SessionView } from "@copane/protocol";
import { expect, test } from "vitest";
import { commitmentOf, figuresOf, newNonce } from "./figures.ts";
import { AgentMatch, CustomerMatch } from "./match.ts";

/** A server that keeps the steps, and may change on the way what each side gets. */
class Between {
  match: MatchView = { with: 1, confirmed: [] };
  readonly sent: string[] = [];
  readonly figures: Record<"customer" | "agent", string | undefined> = {
    customer: undefined,
    agent: undefined,
  };
  readonly errors: Error[] = [];
  readonly customer: CustomerMatch;
  agent: AgentMatch;
  /** What each side is shown of what the other sent. */
  changed: (side: "customer" | "agent", match: MatchView) => MatchView;

  constructor(changed: Between["changed"] = (_side, match) => match) {
    this.changed = changed;
    this.customer = new CustomerMatch(this.#side("customer"));
    this.agent = new AgentMatch(this.#side("agent"));
  }

  newAgent(): void {
    this.agent = new AgentMatch(this.#side("agent"));
    this.tell();
  }

  tell(): void {
    const view = (side: "customer" | "agent") =>
      ({ id: "s", match: this.changed(side, this.match) }) as unknown as SessionView;
    this.customer.follow(view("customer"));
    this.agent.follow(view("agent"), 1);
  }

  /** Both sides have figures, made by these steps. */
  async agreed(steps: readonly string[]): Promise<void> {
    await expect.poll(() => this.sent).toEqual(steps);
    await expect.poll(() => this.figures.agent && this.figures.customer).toMatch(/^\d\d$/);
    expect(this.figures.agent).toBe(this.figures.customer);
    expect(this.errors).toEqual([]);
  }

  #side(side: "customer" | "agent") {
    return {
      command: async (command: CommandMessage) => {
        this.sent.push(command.t);
        if (this.sent.length > 50) throw new Error("they go round in a circle");
        if (command.t === "match.commit") this.match = { with: 1, commit: command.commit, confirmed: [] };
        if (command.t === "match.answer") this.match = { ...this.match, agentNonce: command.nonce };
        if (command.t === "match.reveal") this.match = { ...this.match, customerNonce: command.nonce };
        if (command.t === "match.restart") this.match = { with: 1, confirmed: [] };
        // The session is over then.
        if (command.t !== "match.refuse") this.tell();
      },
      changed: (figures: string | undefined) => {
        this.figures[side] = figures;
      },
      failed: (error: Error) => this.errors.push(error),
    };
  }
}

const steps = ["match.commit", "match.answer", "match.reveal"];

test("both sides come to the same two figures, in three steps", async () => {
  const between = new Between();
  between.tell();
  await between.agreed(steps);
});

test("a new page of the agent's begins anew, and both have the same again", async () => {
  const between = new Between();
  between.tell();
  await between.agreed(steps);
  between.newAgent();
  await between.agreed([...steps, "match.restart", ...steps]);
});

test("views of other things in between make no side begin anew", async () => {
  const between = new Between();
  const timer = setInterval(() => between.tell(), 0);
  between.tell();
  await between.agreed(steps);
  clearInterval(timer);
});

test("a part of the customer's that is not the one it committed itself to is refused", async () => {
  const other = newNonce();
  const between = new Between((side, match) =>
    side === "agent" && match.customerNonce ? { ...match, customerNonce: other } : match,
  );
  between.tell();
  await expect.poll(() => between.errors).not.toHaveLength(0);
  expect(between.sent).toContain("match.refuse");
  expect(between.figures.agent).toBeUndefined();
});

test("who stands between and makes figures with each side has to guess: he commits himself before he knows", async () => {
  let same = 0;
  const rounds = 300;
  for (let round = 0; round < rounds; round++) {
    // To the agent he is the customer, to the customer the agent. His part to the agent must be fixed before the
    // agent's is known, and his part to the customer before the customer's is known.
    const [customer, agent, toAgent, toCustomer] = [newNonce(), newNonce(), newNonce(), newNonce()];
    const left = await figuresOf("s", { customer, agent: toCustomer });
    const right = await figuresOf("s", { customer: toAgent, agent });
    if (left === right) same++;
  }
  // One in a hundred: fifteen and more of 300 come once in a million times.
  expect(same).toBeLessThan(15);
});

test("what is told before tells nothing: a commitment fits one part only, and figures follow from both", async () => {
  const [a, b] = [newNonce(), newNonce()];
  expect(a).toMatch(/^[\w-]{43}$/);
  expect(await commitmentOf(a)).toMatch(/^[\w-]{43}$/);
  expect(await commitmentOf(a)).not.toBe(await commitmentOf(b));
  const seen = new Set<string>();
  for (let n = 0; n < 1_000; n++) seen.add(await figuresOf("s", { customer: a, agent: newNonce() }));
  expect(seen.size).toBeGreaterThan(95);
});
