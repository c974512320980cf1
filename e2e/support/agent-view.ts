import type { HistoryMove, Notice } from "@copane/client/agent";
import { AgentRest, AgentSession, type ControlWish } from "@copane/client/agent";
import type { FrameHeader, FrameType, SessionView } from "@copane/protocol";

/** What tests do and read in the agent view, as `window.agentView`. */
export interface AgentViewApi {
  /** Signs in, joins the customer who read out the key, and shows the page. */
  join(server: string, code: string, passphrase: string): Promise<void>;
  /** Signs in and makes a key; with `autojoin` the agent is in at once. */
  request(server: string, code: string, autojoin: boolean): Promise<{ passphrase: string; token: string }>;
  /** Signs in and joins a colleague by an invitation. */
  joinInvited(server: string, code: string, key: string): Promise<void>;
  /** Makes an invitation for a second agent; gives its key. */
  invite(): Promise<string>;
  /** Offers the lead to a colleague by their number. */
  offerHandover(to: number): Promise<void>;
  joinWithToken(token: string): Promise<void>;
  requestControl(wish?: ControlWish): Promise<void>;
  /** Sends a frame that no tool of ours would. */
  forge(type: FrameType, flags: number, payload: readonly number[]): void;
  /** The mirror id of an element of the page as the agent sees it. */
  idOf(selector: string): number;
  idOfElement(element: Element): number;
  /** Events of the session so far. */
  events(): string[];
  releaseControl(): Promise<void>;
  /** Writes a line to the customer. */
  say(text: string): Promise<void>;
  leave(): Promise<void>;
  session(): SessionView | undefined;
  connection(): string;
  /** Complete pictures so far. */
  pictures(): number;
  page(): { url: string; title: string } | undefined;
  /** The document that the agent sees. */
  document(): Document;
  /** When each mark of `markLatency` was seen, on this page's clock since 1970. */
  seen(): Record<string, number>;
  errors(): string[];
  /** What the customer's page said, in order. */
  notices(): Notice[];
  navigate(go: HistoryMove): void;
}

declare global {
  interface Window {
    agentView: AgentViewApi;
  }
}

/** What the session has and keeps to itself. */
interface Forgeable {
  sendFrame(header: Partial<FrameHeader> & { type: number }, payload: Uint8Array): boolean;
}

let session: AgentSession | undefined;
let endView: (() => void) | undefined;
let pictures = 0;
let page: { url: string; title: string } | undefined;
const errors: string[] = [];
const events: string[] = [];
const notices: Notice[] = [];
const seen: Record<string, number> = {};

window.addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
window.addEventListener("error", ({ message }) => errors.push(message));

function open(server: string): AgentSession {
  const made = new AgentSession({ server });
  made.on("ready", () => {
    pictures++;
    watch();
  });
  made.on("page", (next) => {
    page = next;
  });
  made.on("change", ({ event }) => {
    if (event) events.push(event);
  });
  made.on("notice", (notice) => notices.push(notice));
  made.on("error", (error) => errors.push(error.message));
  endView?.();
  endView = made.attachView(document.getElementById("view") as HTMLElement, "Customer's page");
  session = made;
  return made;
}

async function signIn(server: string, code: string): Promise<string> {
  const { token } = await new AgentRest(server).agentSignIn({ name: "Test agent", code });
  return token;
}

function current(): AgentSession {
  if (!session) throw new Error("no session yet");
  return session;
}

function replica(): Document {
  const frames = [...document.querySelectorAll("iframe")];
  const shown = frames.find((frame) => frame.style.visibility !== "hidden")?.contentDocument;
  if (!shown) throw new Error("no replica yet");
  return shown;
}

/** Notes when a marked text first stands in the replica. */
function watch(): void {
  const look = () => {
    const mark = replica().getElementById("copane-latency-mark")?.textContent;
    if (mark) seen[mark] ??= performance.timeOrigin + performance.now();
  };
  new MutationObserver(look).observe(replica(), { subtree: true, childList: true, characterData: true });
  look();
}

window.agentView = {
  async join(server, code, passphrase) {
    const token = await signIn(server, code);
    await open(server).joinLive({ name: "Test agent", passphrase }, token);
  },
  async request(server, code, autojoin) {
    const token = await signIn(server, code);
    return open(server).requestKey({ name: "Test agent", autojoin }, token);
  },
  async joinInvited(server, code, key) {
    const token = await signIn(server, code);
    await open(server).joinInvited({ name: "Second agent", key }, token);
  },
  invite: async () => (await current().invite("agent")).key,
  offerHandover: (to) => current().offerHandover(to),
  joinWithToken: (token) => current().joinWithToken(token),
  requestControl: (wish) => current().requestControl(wish),
  forge: (type, flags, payload) => {
    const { transport } = current() as unknown as { transport: Forgeable };
    transport.sendFrame({ type, flags, ...current().replica?.picture }, new Uint8Array(payload));
  },
  idOf: (selector) => {
    const element = replica().querySelector(selector);
    return (element && current().replica?.idOf(element)) || 0;
  },
  idOfElement: (element) => current().replica?.idOf(element) ?? 0,
  events: () => events,
  releaseControl: () => current().releaseControl(),
  say: (text) => current().say(text),
  leave: () => current().leave(),
  session: () => session?.session,
  connection: () => session?.connection ?? "none",
  pictures: () => pictures,
  page: () => page,
  document: replica,
  seen: () => seen,
  errors: () => errors,
  notices: () => notices,
  navigate: (go) => current().navigate(go),
};
