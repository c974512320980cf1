import { record } from "@rrweb/record";
import type {} from "./types.ts";

window.rrwebRecord = {
  async start(relay) {
    const socket = new WebSocket(relay);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    // What a mirror must show is switched on; everything else is as rrweb ships it. Canvas recording costs
    // a callback a frame, so a page without a canvas is not burdened with it.
    record({
      emit: (event) => socket.send(JSON.stringify(event)),
      recordCanvas: document.querySelector("canvas") !== null,
      collectFonts: true,
    });
  },
};
