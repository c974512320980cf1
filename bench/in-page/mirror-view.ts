import { createReplica } from "@copane/mirror/replica";
import { decodeFrame, encodeFrame } from "@copane/protocol";
import { seenMarks, watchMarks } from "./marks.ts";
import { openSocket } from "./socket.ts";
import type {} from "./types.ts";

let socket: WebSocket;
let pictures = 0;

const replica = createReplica({
  // The sites of the benchmark are on this machine.
  loads: { from: "public", allow: ["127.0.0.1:*", "localhost:*"] },
  container: document.getElementById("view") as HTMLElement,
  label: "Customer's page",
  sendFeedback: (frame) => socket.send(encodeFrame(frame, frame.payload)),
  // This viewer only watches.
  sendInput: () => {},
  sendPointer: () => {},
  onReady: () => {
    pictures++;
    watchMarks(shown());
  },
  onError: (error) => reportError(error),
});

function shown(): Document {
  const { contentDocument } = replica.frame;
  if (!contentDocument) throw new Error("no replica yet");
  return contentDocument;
}

window.benchView = {
  async connect(relay) {
    socket = await openSocket(relay);
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      const frame = decodeFrame(new Uint8Array(data));
      if (frame) replica.receive(frame);
    };
  },
  pictures: () => pictures,
  document: shown,
  seen: seenMarks,
};
