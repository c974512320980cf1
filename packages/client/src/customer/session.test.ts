import type { Notice } from "@copane/mirror/control";
import { WANT_MARKS } from "@copane/mirror/marks";
import { type CopaneError, FrameType } from "@copane/protocol";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeCapture, stubBrowser } from "../testing/fake-page.ts";
import { FakeServer, FakeSocket } from "../testing/fake-server.ts";
import type { LoadCapture } from "./options.ts";
import { CustomerSession } from "./session.ts";

const page = vi.hoisted(() => {
  // Parts of the engine ask which system this is when they are loaded.
  vi.stubGlobal("navigator", { platform: "", userAgent: "" });
  return { dialog: undefined as ((notice: Notice) => void) | undefined };
});

vi.mock("@copane/mirror/policy", () => ({
  unionOf: (policies: { mask?: string[] }[]) => ({ mask: policies.flatMap(({ mask = [] }) => mask) }),
  usableSelectors: ({ mask }: { mask: string[] }) => {
    if (mask.includes("[[")) throw new SyntaxError("not a selector");
  },
}));
vi.mock("@copane/mirror/control", async (original) => ({
  ...(await original<object>()),
  watchDialogs: (_view: Window, tell: (notice: Notice) => void) => {
    page.dialog = tell;
  },
}));

const RECONNECT_MS = 100;
const TIMEOUT_MS = 11_000;

let server: FakeServer;
let policy: { mask: string[] };
/** Whether the engine's script is under way for a while, each time that it is asked for. */
let engineIsLate = false;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function begin(): void {
  // A session of an earlier run would connect again.
  vi.clearAllTimers();
  server = new FakeServer();
  policy = { mask: [] };
  engineIsLate = false;
  FakeCapture.all.length = 0;
  FakeCapture.broken = false;
  FakeSocket.opening.length = 0;
  FakeSocket.server = server;
  stubBrowser(server.fetch, FakeSocket);
}

function ourEngine(): ReturnType<LoadCapture> {
  const engine = { createCapture: FakeCapture.create };
  return engineIsLate ? new Promise((come) => setTimeout(() => come(engine), 50)) : engine;
}

function newSession(loadCapture: LoadCapture = ourEngine): CustomerSession {
  return new CustomerSession({
    loadCapture,
    server: "https://help.example",
    reconnect: { delayMs: () => RECONNECT_MS },
    policy: () => policy,
    loadControl: () => Promise.reject(new Error("not here")),
    loadPointing: () => Promise.reject(new Error("not here")),
    loadFeatures: () => Promise.reject(new Error("not here")),
  });
}

/** A customer whose page is shared. */
async function sharing(): Promise<CustomerSession> {
  begin();
  const session = newSession();
  await session.start({ name: "Ada" });
  FakeSocket.openAll();
  server.settle();
  expect(leaks()).toEqual([FrameType.mirror, FrameType.marks, FrameType.notice]);
  return session;
}

/** Does all that makes frames with content of the page, and says which kinds of them left. */
function leaks(): FrameType[] {
  server.frames.length = 0;
  FakeCapture.mutate();
  server.sendFrame(FrameType.marks, WANT_MARKS);
  page.dialog?.({ kind: "dialogClosed" });
  return [...server.frames];
}

/** The error that a call of the customer's failed with. */
function errorOf(call: Promise<void>): Promise<CopaneError | undefined> {
  return call.then(
    () => undefined,
    (error: CopaneError) => error,
  );
}

const lastCapture = () => FakeCapture.all.at(-1)?.calls;

test("events under way when the customer pauses do not begin to share again", async () => {
  const session = await sharing();
  server.tell("agent.connected");
  const paused = session.pause();
  expect(leaks()).toEqual([]);
  server.deliver();
  expect(leaks()).toEqual([]);
  expect(session.session?.state).toBe("paused");
  server.settle();
  await paused;
  expect(leaks()).toEqual([]);
  const resumed = session.resumeView();
  server.settle();
  await resumed;
  expect(leaks()).toContain(FrameType.mirror);
  expect(lastCapture()).toEqual(["start", "pause", "resume"]);
});

test("events under way when the customer refuses to be seen do not begin to share again", async () => {
  const session = await sharing();
  server.tell("agent.connected");
  const refused = session.refuseConsent("view");
  expect(leaks()).toEqual([]);
  expect(lastCapture()).toEqual(["start", "stop"]);
  server.deliver();
  expect(leaks()).toEqual([]);
  expect(FakeCapture.all).toHaveLength(1);
  server.settle();
  await refused;
  expect(leaks()).toEqual([]);
  const given = session.giveConsent("view");
  server.settle();
  await given;
  expect(leaks()).toContain(FrameType.mirror);
});

test("a pause that the rules refuse is over, and the customer is told why", async () => {
  const session = await sharing();
  server.holder = 1;
  const error = errorOf(session.pause());
  expect(leaks()).toEqual([]);
  server.settle();
  expect((await error)?.name).toBe("PAUSE_NEEDS_CONTROL");
  expect(leaks()).toContain(FrameType.mirror);
});

test.each<[string, () => void]>([
  ["no answer comes in time", () => vi.advanceTimersByTime(TIMEOUT_MS)],
  ["the connection is lost", () => server.cut()],
  [
    "the server fails",
    () => {
      server.failsNext = true;
      server.settle();
    },
  ],
])("a pause stands when %s", async (_, fail) => {
  const session = await sharing();
  const error = errorOf(session.pause());
  fail();
  expect((await error)?.name).toBe("INTERNAL");
  expect([leaks(), session.session?.state]).toEqual([[], "paused"]);
  if (!server.socket) {
    vi.advanceTimersByTime(RECONNECT_MS);
    FakeSocket.openAll();
  }
  server.tell("agent.connected");
  server.settle();
  expect([leaks(), server.paused]).toEqual([[], true]);
  const resumed = session.resumeView();
  server.settle();
  await resumed;
  expect(leaks()).toContain(FrameType.mirror);
});

test("a pause that is refused only after the customer was told that no answer came stands, till it is refused again", async () => {
  const session = await sharing();
  server.holder = 1;
  const error = errorOf(session.pause());
  vi.advanceTimersByTime(TIMEOUT_MS);
  expect((await error)?.name).toBe("INTERNAL");
  const heard: string[] = [];
  session.on("error", ({ name }) => heard.push(name));
  while (server.serve());
  server.deliver();
  expect([leaks(), heard]).toEqual([[], []]);
  server.tell("agent.connected");
  server.settle();
  await vi.advanceTimersByTimeAsync(0);
  expect([leaks().includes(FrameType.mirror), heard]).toEqual([true, ["PAUSE_NEEDS_CONTROL"]]);
});

test("a late answer to one command lifts no later hold", async () => {
  const session = await sharing();
  const calls = [session.pause(), session.resumeView(), session.pause()].map(errorOf);
  vi.advanceTimersByTime(TIMEOUT_MS);
  await Promise.all(calls);
  while (server.serve() || server.deliver()) expect(leaks()).toEqual([]);
  expect(server.paused).toBe(true);
});

test("resuming needs no word of a server that has not heard of the pause", async () => {
  const session = await sharing();
  server.cut();
  expect((await errorOf(session.pause()))?.message).toContain("Not connected");
  await session.resumeView();
  vi.advanceTimersByTime(RECONNECT_MS);
  FakeSocket.openAll();
  server.settle();
  expect([leaks().includes(FrameType.mirror), server.paused]).toEqual([true, false]);
});

test("the next page of the tab keeps what the server has not confirmed, and tells it", async () => {
  const session = await sharing();
  errorOf(session.refuseConsent("view"));
  session.detach();
  server.socket = undefined;
  FakeCapture.all.length = 0;
  const next = newSession();
  expect(await next.resume()).toBe(true);
  FakeSocket.openAll();
  while (server.serve() || server.deliver()) expect(leaks()).toEqual([]);
  expect([server.consent, FakeCapture.all.length]).toEqual(["refused", 0]);
});

test("a page that is loaded while the server is away goes on with the session when it is back", async () => {
  const session = await sharing();
  session.detach();
  server.socket = undefined;
  server.reachable = false;
  const next = newSession();
  expect(await next.resume()).toBe(false);
  const back = next.comeBack();
  await vi.advanceTimersByTimeAsync(3 * RECONNECT_MS);
  server.reachable = true;
  await vi.advanceTimersByTimeAsync(RECONNECT_MS);
  expect(await back).toBe(true);
  FakeSocket.openAll();
  server.settle();
  expect(next.session?.state).toBe("active");
});

test("a page of a session that is over does not wait for it", async () => {
  begin();
  expect(await newSession().comeBack()).toBe(false);
});

test("who leaves shares nothing more, also if the network keeps the server from hearing of it", async () => {
  const session = await sharing();
  server.reachable = false;
  const left = errorOf(session.leave());
  expect(leaks()).toEqual([]);
  expect(await left).toBeDefined();
  server.tell("agent.connected");
  server.settle();
  expect(leaks()).toEqual([]);
  server.reachable = true;
  server.cut();
  await vi.advanceTimersByTimeAsync(RECONNECT_MS);
  FakeSocket.openAll();
  server.settle();
  expect(leaks()).toEqual([]);
  await vi.waitFor(() => expect(server.closed).toBe(true));
});

test("control that the customer took back counts as such before the server says so", async () => {
  const session = await sharing();
  server.holder = 1;
  server.tell("control.granted");
  server.settle();
  expect(session.session?.control.holder).toBe(1);
  server.tell("agent.connected");
  const revoked = session.revokeControl();
  server.deliver();
  expect(session.session?.control.holder).toBeUndefined();
  server.settle();
  await revoked;
  expect(server.holder).toBeUndefined();
});

test("control that the customer gave can be taken back before the server has heard of it", async () => {
  const session = await sharing();
  expect(session.controlGiven).toBe(false);
  const granted = session.grantControl();
  expect(session.controlGiven).toBe(true);
  const revoked = session.revokeControl();
  server.settle();
  await Promise.all([granted, revoked]);
  expect(session.controlGiven).toBe(false);
});

test("a selector that cannot be used switches sharing off by a numbered error, and the panel goes on", async () => {
  const session = await sharing();
  const changes: string[] = [];
  const errors: number[] = [];
  const told: (number | undefined)[] = [];
  session.on("change", ({ event = "none" }) => changes.push(event));
  session.on("error", ({ code }) => errors.push(code));
  session.on("sharing", ({ error }) => told.push(error?.code));
  policy.mask = ["[["];
  server.frames.length = 0;
  session.policyChanged();
  expect([errors, told]).toEqual([[3103], [3103]]);
  // The one thing that agents hear then.
  expect(server.frames).toEqual([FrameType.notice]);
  server.tell("agent.connected");
  server.settle();
  expect([changes, leaks()]).toEqual([["agent.connected"], []]);
  server.frames.length = 0;
  server.send({ t: "mirror.resync", viewer: 2 });
  server.settle();
  expect(server.frames).toEqual([FrameType.notice]);
  policy.mask = [];
  session.policyChanged();
  expect(told.at(-1)).toBeUndefined();
  expect(leaks()).toContain(FrameType.mirror);
});

test("a page whose policy cannot be used from the beginning shares nothing, and tells", async () => {
  begin();
  policy.mask = ["[["];
  const session = newSession();
  const errors: number[] = [];
  session.on("error", ({ code }) => errors.push(code));
  await session.start({ name: "Ada" });
  FakeSocket.openAll();
  server.settle();
  expect([errors, server.frames, FakeCapture.all]).toEqual([[3103], [FrameType.notice], []]);
  expect(session.connection).toBe("connected");
});

/** Collects the numbers of the errors that the panel hears of, and what it hears of sharing. */
function heardBy(session: CustomerSession): { errors: number[]; sharing: [string, number | undefined][] } {
  const heard = { errors: [] as number[], sharing: [] as [string, number | undefined][] };
  session.on("error", ({ code }) => heard.errors.push(code));
  session.on("sharing", ({ sharing, error }) => heard.sharing.push([sharing, error?.code]));
  return heard;
}

test("a capture that meets an error is begun anew: nothing of the old one leaves", async () => {
  const session = await sharing();
  const { errors } = heardBy(session);
  FakeCapture.all[0]?.fail();
  expect([lastCapture(), leaks().includes(FrameType.mirror)]).toEqual([["start", "stop"], false]);
  vi.advanceTimersByTime(0);
  expect(FakeCapture.all.map(({ calls }) => calls)).toEqual([["start", "stop"], ["start"]]);
  expect([leaks().includes(FrameType.mirror), errors]).toEqual([true, []]);
});

test("a paused capture that meets an error is begun anew paused", async () => {
  const session = await sharing();
  errorOf(session.pause());
  server.settle();
  FakeCapture.all[0]?.fail();
  vi.advanceTimersByTime(0);
  expect([lastCapture(), leaks()]).toEqual([["pause", "start"], []]);
});

test("errors one after the other end the sharing by a number, and agents are told", async () => {
  const session = await sharing();
  const heard = heardBy(session);
  server.frames.length = 0;
  for (let i = 0; i < 3; i++) {
    FakeCapture.all.at(-1)?.fail();
    vi.advanceTimersByTime(1_000);
  }
  expect(heard).toEqual({ errors: [3104], sharing: [["off", 3104]] });
  expect(server.frames).toEqual([FrameType.notice]);
  expect([leaks(), FakeCapture.all.length]).toEqual([[], 3]);
});

test("an engine that cannot start says so, to agents who come later too", async () => {
  begin();
  FakeCapture.broken = true;
  const session = newSession();
  const heard = heardBy(session);
  await session.start({ name: "Ada" });
  FakeSocket.openAll();
  server.settle();
  vi.advanceTimersByTime(1_000);
  expect(heard.errors).toEqual([3104]);
  server.frames.length = 0;
  server.send({ t: "mirror.resync", viewer: 2 });
  server.settle();
  expect(server.frames).toEqual([FrameType.notice]);
});

test.each<[string, () => void]>([
  ["an agent asks for a picture", () => server.sendFrame(FrameType.resync, new Uint8Array())],
  ["one more agent comes", () => server.send({ t: "mirror.resync", viewer: 2 })],
])("what failed is tried again, not too soon, when %s", async (_, ask) => {
  const session = await sharing();
  const heard = heardBy(session);
  FakeCapture.broken = true;
  for (let i = 0; i < 4; i++) {
    FakeCapture.all.at(-1)?.fail();
    vi.advanceTimersByTime(1_000);
  }
  FakeCapture.broken = false;
  const { length } = FakeCapture.all;
  ask();
  server.settle();
  expect(FakeCapture.all).toHaveLength(length);
  vi.advanceTimersByTime(5_000);
  ask();
  server.settle();
  expect([leaks().includes(FrameType.mirror), heard.sharing.at(-1)]).toEqual([true, ["on", undefined]]);
});

test("a script of the engine's that does not come ends the sharing, after it was tried again", async () => {
  const session = await sharing();
  const heard = heardBy(session);
  FakeCapture.all[0]?.needFeatures();
  await vi.advanceTimersByTimeAsync(3_900);
  expect(heard.errors).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(heard).toEqual({ errors: [3104], sharing: [["off", 3104]] });
  expect(leaks()).toEqual([]);
});

test.each([
  [
    "it was lost",
    () => {
      server.cut();
      vi.advanceTimersByTime(RECONNECT_MS);
      FakeSocket.openAll();
      server.settle();
    },
  ],
  [
    "nothing came by it",
    async () => {
      // The question goes out, and its answer comes late.
      await vi.advanceTimersByTimeAsync(6_000);
      server.settle();
    },
  ],
])("what the connection did not bring is fetched anew when it stands again: %s", async (_how, away) => {
  const session = await sharing();
  const heard = heardBy(session);
  FakeCapture.all[0]?.needFeatures();
  await vi.advanceTimersByTimeAsync(4_100);
  expect(session.connection).not.toBe("reconnecting");
  expect(heard.sharing.at(-1)).toEqual(["off", 3104]);
  await away();
  expect(session.connection).toBe("connected");
  expect(heard.sharing.at(-1)).toEqual(["on", undefined]);
  expect(leaks()).toContain(FrameType.mirror);
});

test("control whose script does not come is given back, and both sides learn why", async () => {
  const session = await sharing();
  const heard = heardBy(session);
  server.holder = 1;
  server.tell("control.granted");
  server.frames.length = 0;
  server.settle();
  await vi.advanceTimersByTimeAsync(4_100);
  server.settle();
  expect([heard.errors, server.frames, server.holder]).toEqual([[3105], [FrameType.notice], undefined]);
});

type Step =
  | "pause"
  | "resume"
  | "refuse"
  | "give"
  | "leave"
  | "serve"
  | "deliver"
  | "fail"
  | "tell"
  | "cut"
  | "connect"
  | "wait"
  | "control"
  | "viewer"
  | "policy"
  | "page";

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<Step>("pause", "resume", "refuse", "give") },
    { weight: 14, arbitrary: fc.constantFrom<Step>("serve", "deliver") },
    {
      weight: 5,
      arbitrary: fc.constantFrom<Step>(
        "fail",
        "tell",
        "cut",
        "connect",
        "wait",
        "control",
        "viewer",
        "policy",
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom<Step>("page", "leave") },
  ),
  { minLength: 5, maxLength: 60 },
);

/** What the customer wants, told by their acts alone. */
interface Wish {
  pause: boolean;
  refuse: boolean;
  leave: boolean;
}

test("from a pause, a refusal or a leave on nothing of the page leaves, until the customer allows it again", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), async (list, late) => {
      let session = await sharing();
      engineIsLate = late;
      const wish: Wish = { pause: false, refuse: false, leave: false };
      listenForRefusals(session, wish);
      for (const step of list) {
        const next = await take(step, session, wish);
        if (next !== session) listenForRefusals(next, wish);
        session = next;
        await vi.advanceTimersByTimeAsync(0);
        if (wish.pause || wish.refuse || wish.leave) expect(leaks()).toEqual([]);
      }
      await agree(session, wish);
    }),
    { numRuns: 100 },
  );
}, 120_000);

/** The one refusal that leaves the view as it was; of a pause that is sent again it comes as an error. */
function listenForRefusals(session: CustomerSession, wish: Wish): void {
  session.on("error", ({ name }) => {
    if (name === "PAUSE_NEEDS_CONTROL") wish.pause = false;
  });
}

async function take(step: Step, session: CustomerSession, wish: Wish): Promise<CustomerSession> {
  switch (step) {
    case "pause":
      wish.pause = true;
      void errorOf(session.pause()).then((error) => {
        // The one refusal that leaves the view as it was.
        if (error?.name === "PAUSE_NEEDS_CONTROL") wish.pause = false;
      });
      break;
    case "resume":
      wish.pause = false;
      void errorOf(session.resumeView());
      break;
    case "refuse":
      wish.refuse = true;
      void errorOf(session.refuseConsent("view"));
      break;
    case "give":
      wish.refuse = false;
      void errorOf(session.giveConsent("view"));
      break;
    case "leave":
      wish.leave = true;
      void errorOf(session.leave());
      break;
    case "serve":
      server.serve();
      break;
    case "deliver":
      server.deliver();
      break;
    case "fail":
      server.failsNext = true;
      break;
    case "tell":
      server.tell("agent.connected");
      break;
    case "cut":
      server.cut();
      break;
    case "connect":
      await vi.advanceTimersByTimeAsync(RECONNECT_MS);
      FakeSocket.openAll();
      break;
    case "wait":
      await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
      break;
    case "control":
      server.holder = server.holder || server.paused ? undefined : 1;
      server.tell(server.holder ? "control.granted" : "control.released");
      break;
    case "viewer":
      server.viewer = !server.viewer;
      server.send({ t: "mirror.wanted", wanted: server.viewer });
      break;
    case "policy":
      policy.mask = policy.mask.length ? [] : ["[["];
      session.policyChanged();
      break;
    case "page": {
      session.detach();
      server.socket = undefined;
      FakeCapture.all.length = 0;
      const next = newSession();
      await next.resume();
      return next;
    }
  }
  return session;
}

/** In the end, when all has arrived, both sides agree, and what the customer allows is shared. */
async function agree(session: CustomerSession, wish: Wish): Promise<void> {
  server.holder = undefined;
  server.failsNext = false;
  server.viewer = true;
  if (policy.mask.length) {
    policy.mask = [];
    session.policyChanged();
  }
  server.cut();
  await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
  FakeSocket.openAll();
  server.settle();
  await vi.advanceTimersByTimeAsync(100);
  server.settle();
  if (wish.leave) return;
  if (wish.pause) expect(server.paused).toBe(true);
  if (wish.refuse) expect(server.consent).toBe("refused");
  const allowed = !server.paused && server.consent === "given" && !wish.pause && !wish.refuse;
  expect(leaks().includes(FrameType.mirror)).toBe(allowed);
}

/** A session whose engine's script comes when `come` is called. */
async function withLateEngine(): Promise<{ session: CustomerSession; come(): void }> {
  let come = () => {};
  const coming = new Promise<{ createCapture: typeof FakeCapture.create }>((done) => {
    come = () => done({ createCapture: FakeCapture.create });
  });
  const session = newSession(() => coming);
  await session.start({ name: "Ada" });
  FakeSocket.openAll();
  server.settle();
  return { session, come: () => come() };
}

test("while the engine's script is under way nothing is shared; when it comes, what was decided meanwhile holds", async () => {
  begin();
  const { session, come } = await withLateEngine();
  expect(FakeCapture.all).toEqual([]);
  const paused = session.pause();
  server.settle();
  await paused;
  come();
  await vi.advanceTimersByTimeAsync(0);
  expect(leaks()).toEqual([]);
  const resumed = session.resumeView();
  server.settle();
  await resumed;
  expect(leaks()).toContain(FrameType.mirror);
});

test("an engine that comes when sharing has ended begins nothing", async () => {
  begin();
  const { session, come } = await withLateEngine();
  void session.leave();
  come();
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeCapture.all).toEqual([]);
});

test("without the engine's script nothing is shared, and the customer learns of it", async () => {
  begin();
  let tries = 0;
  const session = newSession(async () => {
    tries++;
    throw new Error("not here");
  });
  let told: unknown;
  session.on("sharing", ({ error }) => {
    told ??= error;
  });
  await session.start({ name: "Ada" });
  FakeSocket.openAll();
  server.settle();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tries).toBeGreaterThan(2);
  expect(FakeCapture.all).toEqual([]);
  expect(told).toMatchObject({ name: "MIRROR_FAILED" });
});
