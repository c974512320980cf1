import type { SessionEvent, SessionView, Ticket } from "@copane/protocol";
import { beforeEach, describe, expect, test } from "vitest";
import { settings } from "../testing/settings.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { SessionHooks } from "./hooks.ts";
import { MemoryDirectory } from "./memory-directory.ts";
import { MemorySessionStore } from "./memory-session-store.ts";
import { SessionService } from "./service.ts";
import type { Moved } from "./session-context.ts";
import type { Unwritten } from "./session-store.ts";
import type { StoredSession } from "./stored-session.ts";

const quiet = { info: () => {}, error: () => {} };

/** A store in which a write waits until it is let through, or fails. */
class HeldStore extends MemorySessionStore {
  held: (() => void)[] | undefined;
  fails = false;

  override async write(sessions: readonly StoredSession[]): Promise<Unwritten> {
    await new Promise<void>((resolve) => {
      if (this.held) this.held.push(resolve);
      else resolve();
    });
    if (this.fails) throw new Error("away");
    return super.write(sessions);
  }

  hold(): void {
    this.held = [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const resolve of held) resolve();
  }
}

/** One start of a server. */
function start(store: MemorySessionStore, kept: AuditEntry[] = [], keeps = true) {
  const hooks = new SessionHooks(quiet);
  hooks.subscribe({
    keep: async (entry) => {
      if (!keeps) throw new Error("cannot");
      kept.push(entry);
    },
  });
  return new SessionService({
    directory: new MemoryDirectory(),
    store,
    settings: { ...settings, maxWaiting: 10, keyDigits: 8 },
    hooks,
    log: quiet,
    hide: (name) => name,
  });
}

class Listener {
  readonly events: SessionEvent[] = [];
  view: SessionView | undefined;
  readonly how: Moved[] = [];
  moves = 0;
  event(event: SessionEvent, _by: number | undefined, session: SessionView): void {
    this.events.push(event);
    this.view = session;
  }
  moved(how: Moved): void {
    this.how.push(how);
    this.moves++;
  }
}

async function both(service: SessionService) {
  const customer = await service.createByCustomer({ name: "Ada", networks: [] });
  const digits = (customer.passphrase as string).replaceAll(/\D/g, "");
  const agent = await service.joinLive({ name: "Grace", agentId: "g", passphrase: digits });
  return { ...(await attach(service, customer, agent)), service, tickets: { customer, agent } };
}

async function attach(service: SessionService, one: Ticket, other: Ticket, page?: number) {
  const heard = { customer: new Listener(), agent: new Listener() };
  const hello = { token: one.token, ...(page === undefined ? {} : { page }) };
  const customer = await service.attach(hello, "customer", heard.customer);
  const agent = await service.attach({ token: other.token }, "agent", heard.agent);
  return { customer, agent, heard };
}

/** Lets all that can go on without the store do so. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 10));

let store: HeldStore;
beforeEach(() => {
  store = new HeldStore();
});

describe("what is decided", () => {
  test("holds at once, and is told once it is stored", async () => {
    const service = start(store);
    const { customer, agent, heard, tickets } = await both(service);
    const before = heard.agent.events.length;
    store.hold();
    let answered = false;
    const pausing = customer.command({ t: "session.pause" }).then(() => {
      answered = true;
    });
    await turn();
    const route = { to: "viewers", needs: "show", whilePaused: "drop" } as const;
    expect(customer.refusal(route, 0)).toBe("drop");
    expect([answered, heard.agent.events.length, agent.view().state]).toEqual([false, before, "active"]);
    expect((await service.status(tickets.agent.token, "agent")).session.state).toBe("active");
    expect((await service.live()).sessions[0]?.state).toBe("active");
    store.release();
    await pausing;
    expect([heard.agent.events.at(-1), agent.view().state]).toEqual(["session.paused", "paused"]);
  });

  test("is told in order, however long the store takes", async () => {
    const service = start(store);
    const { customer, agent, heard } = await both(service);
    const from = heard.agent.events.length;
    store.hold();
    const done = [
      agent.command({ t: "control.request" }),
      customer.command({ t: "control.grant" }),
      customer.command({ t: "control.revoke" }),
    ];
    customer.detach();
    await turn();
    expect(heard.agent.events.slice(from)).toEqual([]);
    store.release();
    await Promise.all(done);
    expect(heard.agent.events.slice(from)).toEqual([
      "control.requested",
      "control.granted",
      "control.revoked",
      "customer.disconnected",
    ]);
  });

  test("is tried again when the store fails, and refuses new sessions meanwhile", async () => {
    const service = start(store);
    const { customer, heard } = await both(service);
    store.fails = true;
    const pausing = customer.command({ t: "session.pause" });
    await turn();
    expect(service.storing).toEqual({ waiting: 1, failing: true });
    await expect(service.createByCustomer({ name: "Eve", networks: [] })).rejects.toMatchObject({
      name: "STORE_UNAVAILABLE",
    });
    store.fails = false;
    await pausing;
    expect(heard.agent.events.at(-1)).toBe("session.paused");
  });

  test("who is connected is told without waiting for the store", async () => {
    const service = start(store);
    const { customer, heard } = await both(service);
    store.hold();
    customer.detach();
    expect(heard.agent.events.at(-1)).toBe("customer.disconnected");
  });
});

describe("a server that was killed and started again", () => {
  test("has its sessions as they were: seats, control, pause, consent", async () => {
    const first = await both(start(store));
    await first.agent.command({ t: "control.request", minutes: 5 });
    await first.customer.command({ t: "control.grant" });
    const before = first.agent.view();

    const service = start(store);
    expect(await service.takeUp()).toEqual([before.id]);
    const { token } = first.tickets.agent;
    expect((await service.status(token, "agent")).session.control).toMatchObject({
      holder: 1,
      level: "full",
    });
    const { customer, agent } = await attach(service, first.tickets.customer, first.tickets.agent, 1);
    expect(customer.page).toBe(1);
    const view = agent.view();
    expect(view.participants).toEqual(before.participants);
    await customer.command({ t: "control.revoke" });
    await customer.command({ t: "session.pause" });

    const third = start(store);
    await third.takeUp();
    const last = await attach(third, first.tickets.customer, first.tickets.agent);
    expect(last.agent.view()).toMatchObject({ state: "paused", control: { highest: "full" } });
    expect(last.agent.view().control.holder).toBeUndefined();
  });

  test("knows the pages that it numbered, also those whose numbers were not stored", async () => {
    const first = await both(start(store));
    // The second page's number waits to be stored when the server dies.
    const { page } = await first.service.attach(
      { token: first.tickets.customer.token },
      "customer",
      new Listener(),
    );
    expect(page).toBe(2);
    const service = start(store);
    await service.takeUp();
    const hello = { token: first.tickets.customer.token };
    const { page: given } = await service.attach({ ...hello, page: 2 }, "customer", new Listener());
    expect(given).toBe(2);
    const { page: next } = await service.attach(hello, "customer", new Listener());
    expect(next).toBeGreaterThan(2);
  });

  test("takes the keys that waited, once", async () => {
    const before = start(store);
    const waiting = await before.createByCustomer({ name: "Ada", networks: [] });
    const { agent } = await both(before);
    const invite = await agent.invite("agent", false);
    const used = await before.createByCustomer({ name: "Eve", networks: [] });
    const digitsOf = (key: string | undefined) => (key as string).replaceAll(/\D/g, "");
    await before.joinLive({ name: "Grace", agentId: "g", passphrase: digitsOf(used.passphrase) });

    const service = start(store);
    await service.takeUp();
    const joins = (key: string | undefined) =>
      service.joinLive({ name: "Grace", agentId: "g", passphrase: digitsOf(key) });
    expect((await joins(waiting.passphrase)).session.id).toBe(waiting.session.id);
    await expect(joins(waiting.passphrase)).rejects.toMatchObject({ name: "PASSPHRASE_UNKNOWN" });
    await expect(joins(used.passphrase)).rejects.toMatchObject({ name: "PASSPHRASE_UNKNOWN" });
    const robin = { name: "Robin", agentId: "r", key: digitsOf(invite.key) };
    expect((await service.joinInvited(robin)).you).toBe(2);
    await expect(service.joinInvited(robin)).rejects.toMatchObject({ name: "INVITE_UNKNOWN" });
  });

  test("tells again what was not kept, by the same number, and forgets nothing before it is", async () => {
    const kept: AuditEntry[] = [];
    await both(start(store, [], false));
    const service = start(store, kept);
    await service.takeUp();
    await turn();
    const events = kept.map(({ event }) => event);
    expect(events).toEqual(expect.arrayContaining(["session.created", "agent.joined", "session.restored"]));
    expect(new Set(kept.map(({ serial }) => serial)).size).toBe(kept.length);
    const restored = kept.findIndex(({ event }) => event === "session.restored");
    const serials = kept.map(({ serial }) => serial as number);
    expect(Math.max(...serials.slice(0, restored))).toBeLessThan(serials[restored] as number);
    await service.close();
    const again: AuditEntry[] = [];
    await start(store, again).takeUp();
    await turn();
    expect(again.map(({ event }) => event)).toEqual(["session.restored"]);
  });

  test("stops deciding once another has taken its sessions up, and sends its participants there", async () => {
    const first = await both(start(store));
    await start(store).takeUp();
    await expect(first.customer.command({ t: "session.pause" })).rejects.toMatchObject({
      name: "SHUTTING_DOWN",
    });
    expect([first.heard.customer.moves, first.heard.agent.moves]).toEqual([1, 1]);
    expect(first.heard.agent.events).not.toContain("session.paused");
  });
});

describe("a session that is handed over while people are connected", () => {
  test("goes on as it was, when they come; whoever was told of a decision finds it there", async () => {
    const first = await both(start(store));
    const { id } = first.tickets.customer.session;
    await first.agent.command({ t: "control.request", level: "full" });
    await first.customer.command({ t: "control.grant" });
    const given = (await first.service.giveUp(id)) as StoredSession;
    expect([first.heard.customer.how, first.heard.agent.how]).toEqual([["handed over"], ["handed over"]]);
    expect(first.service.has(id)).toBe(false);
    await expect(first.customer.command({ t: "control.revoke" })).rejects.toMatchObject({
      name: "SHUTTING_DOWN",
    });
    const kept: AuditEntry[] = [];
    const next = start(store, kept);
    await next.goOn({ ...given, fence: given.fence + 1, version: 0 }, undefined);
    const { session } = await next.status(first.tickets.customer.token, "customer");
    expect(session.control).toMatchObject({ holder: 1, level: "full" });
    expect(session.participants.map(({ connected }) => connected)).toEqual([false, false]);
    const hello = { token: first.tickets.customer.token };
    const { page } = await next.attach(hello, "customer", new Listener());
    expect(page).toBe(given.record.nextPage);
    await next.attach({ token: first.tickets.agent.token }, "agent", new Listener());
    const { session: then } = await next.status(first.tickets.agent.token, "agent");
    expect(then.participants.map(({ connected }) => connected)).toEqual([true, true]);
    await turn();
    expect(kept.map(({ event }) => event)).not.toContain("session.restored");
    await next.close();
  });

  test("stays where it is while it cannot be stored", async () => {
    const held = new HeldStore();
    const { service, heard, tickets } = await both(start(held));
    held.fails = true;
    await service.attach({ token: tickets.agent.token }, "agent", new Listener()).catch(() => {});
    expect(await service.giveUp(tickets.customer.session.id)).toBeUndefined();
    expect(service.has(tickets.customer.session.id)).toBe(true);
    expect(heard.customer.how).toEqual([]);
    await service.close();
  });
});

describe("a server that stops", () => {
  test("sends everybody on, and nobody hears of an end, when sessions outlive it", async () => {
    const service = start(store);
    const { heard, tickets } = await both(service);
    await service.shutdown(true);
    expect([heard.customer.moves, heard.agent.moves]).toEqual([1, 1]);
    expect(heard.agent.events).not.toContain("session.closed");
    const later = { name: "SHUTTING_DOWN", status: 503, retryAfter: 5 };
    await expect(service.createByCustomer({ name: "Eve", networks: [] })).rejects.toMatchObject(later);
    await expect(
      service.attach({ token: tickets.agent.token }, "agent", new Listener()),
    ).rejects.toMatchObject(later);
    const next = start(store);
    expect(await next.takeUp()).toEqual([tickets.customer.session.id]);
    expect((await next.status(tickets.agent.token, "agent")).session.state).toBe("active");
  });

  test("ends every session where nothing outlives it", async () => {
    const service = start(store);
    const { heard } = await both(service);
    await service.shutdown(false);
    expect(heard.agent.events.at(-1)).toBe("session.closed");
    expect(heard.agent.view?.closeReason?.code).toBe("server_shutdown");
  });
});
