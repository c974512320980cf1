import { Replayer } from "@rrweb/replay";
import { seenMarks, watchMarks } from "./marks.ts";
import { openSocket } from "./socket.ts";
import type {} from "./types.ts";

type Event = Exclude<Parameters<Replayer["addEvent"]>[0], string>;

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
  if (watched === replica()) return;
  watched = replica();
  watchMarks(watched);
});

function replica(): Document {
  const { contentDocument } = replayer.iframe;
  if (!contentDocument) throw new Error("no replica yet");
  return contentDocument;
}

window.benchView = {
  async connect(relay) {
    const socket = await openSocket(relay);
    socket.onmessage = ({ data }) => {
      const event = JSON.parse(data) as Event;
      // No buffer: an event is shown as soon as it is there.
      if (!started) replayer.startLive(event.timestamp);
      started = true;
      replayer.addEvent(event);
    };
  },
  pictures: () => pictures,
  document: replica,
  seen: seenMarks,
};
