import { canaries } from "./rows/canaries.ts";
import { floods } from "./rows/floods.ts";
import { fuzzedFrames } from "./rows/frames.ts";
import { guessing } from "./rows/guessing.ts";
import { forgedInput } from "./rows/input.ts";
import { requests } from "./rows/requests.ts";
import { scriptsOfPages, scriptsOfStreams } from "./rows/scripts.ts";
import { sockJsFrame, sockJsRequests } from "./rows/sockjs.ts";
import { forgedStreams } from "./rows/streams.ts";
import { forgedTokensAndOrigins } from "./rows/tokens.ts";
import type { Attack } from "./types.ts";

/** All attacks, in the order in which they are made. */
export const attacks: readonly Attack[] = [
  scriptsOfPages,
  scriptsOfStreams,
  requests,
  forgedStreams,
  forgedInput,
  canaries,
  forgedTokensAndOrigins,
  guessing,
  floods,
  sockJsFrame,
  sockJsRequests,
  fuzzedFrames,
];
