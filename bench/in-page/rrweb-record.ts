import { record } from "@rrweb/record";
import { openSocket } from "./socket.ts";
import type {} from "./types.ts";

window.benchRecord = {
  async start(relay) {
    const socket = await openSocket(relay);
    // What a mirror must show is switched on; everything else is as rrweb ships it. Canvas recording costs
    // a callback a frame, so a page without a canvas is not burdened with it.
    record({
      emit: (event) => socket.send(JSON.stringify(event)),
      recordCanvas: document.querySelector("canvas") !== null,
      collectFonts: true,
    });
  },
};
