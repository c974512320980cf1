import { createCapture } from "@copane/mirror/capture";
import { RequestedFeatures } from "@copane/mirror/features";
import { decodeFrame, encodeFrame } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import { openSocket } from "./socket.ts";
import type {} from "./types.ts";

/** The relay knows no numbers of viewers, and has one of them. */
const VIEWER = 1;

/** Nor does it number pages. */
const PAGE = 1;

window.benchRecord = {
  async start(relay) {
    const socket = await openSocket(relay);
    const capture = createCapture({
      window,
      loadFeatures: async () => ({ RequestedFeatures }),
      send: (frame) =>
        socket.send(encodeFrame({ type: FrameType.mirror, page: PAGE, ...frame }, frame.payload)),
      onError: (error) => reportError(error),
    });
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      const frame = decodeFrame(new Uint8Array(data));
      if (frame) capture.feedback(VIEWER, frame);
    };
    capture.start();
  },
};
