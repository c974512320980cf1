import { wordsFor } from "./language.ts";

const en = {
  key: "Key",
  keyHint: "Eight digits, like 1234 5678",
  join: "Join with this key",
  back: "Back",
  controlAsked: "{name} asks to click and type on this page.",
  controlNote: "You keep control too and can take it back with Esc.",
  allow: "Allow",
  deny: "Do not allow",
  inControl: "{name} can click and type here",
  takeBack: "Take back control (Esc)",
  idle: "Are you still there?",
  idleNote: "Sharing stops in {seconds} seconds.",
  goOn: "Go on",
  viewAsked: "{name} would like to see this page.",
  recordingAsked: "May the agent's screen be recorded while you share this page?",
  hidden: "The agent does not see this page.",
  showPage: "Share this page",
  recorded: "You allowed recording.",
  notRecorded: "Recording is not allowed.",
  stopRecording: "Withdraw",
  allowRecording: "Allow recording",
  scrollAsked: "{name} asks to scroll this page.",
  scrolls: "{name} can scroll here",
  scoped: "Only in the part with the orange frame.",
  timed: "For {minutes} min; then it ends by itself.",
};

export type ScreenMessages = typeof en;

const de: ScreenMessages = {
  key: "Schlüssel",
  keyHint: "Acht Ziffern, wie 1234 5678",
  join: "Mit diesem Schlüssel beitreten",
  back: "Zurück",
  controlAsked: "{name} möchte auf dieser Seite klicken und schreiben.",
  controlNote: "Sie behalten ebenfalls die Kontrolle und nehmen sie mit Esc zurück.",
  allow: "Erlauben",
  deny: "Nicht erlauben",
  inControl: "{name} kann hier klicken und schreiben",
  takeBack: "Kontrolle zurücknehmen (Esc)",
  idle: "Sind Sie noch da?",
  idleNote: "Das Teilen endet in {seconds} Sekunden.",
  goOn: "Weiter",
  viewAsked: "{name} möchte diese Seite sehen.",
  recordingAsked:
    "Darf der Bildschirm des Mitarbeiters aufgezeichnet werden, während Sie diese Seite teilen?",
  hidden: "Der Mitarbeiter sieht diese Seite nicht.",
  showPage: "Diese Seite teilen",
  recorded: "Sie haben die Aufzeichnung erlaubt.",
  notRecorded: "Die Aufzeichnung ist nicht erlaubt.",
  stopRecording: "Widerrufen",
  allowRecording: "Aufzeichnung erlauben",
  scrollAsked: "{name} möchte auf dieser Seite blättern.",
  scrolls: "{name} kann hier blättern",
  scoped: "Nur in dem orange umrahmten Teil.",
  timed: "Für {minutes} Min.; danach endet es von selbst.",
};

/** The words of the rarer screens, which come with them and not with every session. */
export function screenMessagesFor(language: string): ScreenMessages {
  return wordsFor(language, { en, de });
}
