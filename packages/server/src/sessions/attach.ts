import type { Attachment } from "./attachment.ts";
import type { LiveSession } from "./live-session.ts";
import type { SessionListener } from "./session-context.ts";

/** What a participant's socket may ask of its session, whom `listener` tells of every change. */
export function attachmentTo(
  session: LiveSession,
  parts: Pick<Attachment, "number" | "page" | "invite"> & { listener: SessionListener },
): Attachment {
  const { number, page, invite, listener } = parts;
  return {
    sessionId: session.id,
    number,
    page,
    view: () => session.view(number),
    refusal: (route, flags) => session.refusal(number, route, flags),
    command: async (command) => {
      session.apply({ ...command, by: number });
      await session.settled();
    },
    invite,
    visited: (path) => session.visited(path),
    compared: (more) => session.compared(number, more),
    detach: () => session.unlisten(number, listener),
  };
}
