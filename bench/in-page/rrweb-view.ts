import { Replayer } from "@rrweb/replay";
import type {} from "./types.ts";

type Event = Exclude<Parameters<Replayer["addEvent"]>[0], string>;

const seen: Record<string, number> = {};
let pictures = 0;

const replayer = new Replayer([], {
  root: document.getElementById("view") as HTMLElement,
  liveMode: true,
  mouseTail: false,
  showWarning: false,
  // Canvas commands are replayed only so; it gives the replayed page scripts, which our replica never has.
  UNSAFE_replayCanvas: true,
});
let started = false;
let watched: Document | undefined;

replayer.on("fullsnapshot-rebuilded", () => {
  pictures++;
  watch();
});

function replica(): Document {
  const { contentDocument } = replayer.iframe;
  if (!contentDocument) throw new Error("no replica yet");
  return contentDocument;
}

/** Notes when a marked text first stands in the replica. */
function watch(): void {
  if (watched === replica()) return;
  watched = replica();
  const look = () => {
    const mark = replica().getElementById("copane-latency-mark")?.textContent;
    if (mark) seen[mark] ??= performance.timeOrigin + performance.now();
  };
  new MutationObserver(look).observe(replica(), { subtree: true, childList: true, characterData: true });
}

window.rrwebView = {
  async connect(relay) {
    const socket = new WebSocket(relay);
    socket.onmessage = ({ data }) => {
      const event = JSON.parse(data) as Event;
      // No buffer: an event is shown as soon as it is there.
      if (!started) replayer.startLive(event.timestamp);
      started = true;
      replayer.addEvent(event);
    };
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
  },
  pictures: () => pictures,
  document: replica,
  seen: () => seen,
};
