import type { CustomerSession } from "@copane/client/customer";
import type { WidgetContext } from "./config.ts";
import type { Screen } from "./ui/state.ts";

/** What the customer must answer: the panel comes with it, whatever the site shows. */
const asked: ReadonlySet<Screen> = new Set<Screen>([
  "consent",
  "key",
  "match",
  "idle",
  "control",
  "askView",
  "askRecording",
]);

/** Whether the panel is on a screen that a site's own interface does not stand in for. */
export function isAsked(screen: Screen, busy: boolean): boolean {
  return asked.has(screen) && !busy;
}

/** Gives a site's own interface what the customer does in a session. Gives what takes it away again. */
export function giveControls(
  { config, emit, present }: Pick<WidgetContext, "config" | "emit" | "present">,
  session: CustomerSession,
): () => void {
  config.session = {
    pause: () => session.pause(),
    resume: () => session.resumeView(),
    revokeControl: () => session.revokeControl(),
    goOn: () => session.continueSession(),
    say: async (line) => session.say(line),
  };
  const off = session.on("chat", (lines) => {
    const told = lines.map(({ by, name, text }) => ({ by, name, text }));
    present.chat = told;
    emit("chat", told);
  });
  return () => {
    off();
    delete present.chat;
    config.session = undefined;
  };
}
