import type { Translation } from "@copane/ui";
import type { ScreenMessages } from "../en/screens.ts";

export const screens: Translation<ScreenMessages> = {
  key: "Codice",
  keyHint: "Le cifre del codice, ad esempio 1234 5678",
  join: "Entra con questo codice",
  back: "Indietro",
  controlAsked: "{name} chiede di fare clic e scrivere su questa pagina.",
  controlNote: "Anche tu mantieni il controllo e puoi riprenderlo in qualsiasi momento.",
  allow: "Consenti",
  deny: "Non consentire",
  inControl: "{name} può fare clic e scrivere qui",
  takeBack: "Riprendi il controllo (Esc)",
  idle: "Ci sei ancora?",
  idleNote:
    "La condivisione termina tra {seconds, plural, one {# secondo} many {# secondi} other {# secondi}}.",
  goOn: "Continua",
  matchAsked: "Confronta due cifre con {name}",
  matchNote:
    "{name} deve leggerti queste cifre. Non viene mostrato nulla finché non le avete confrontate entrambi.",
  matchSame: "Sono uguali",
  matchDiffers: "Sono diverse: interrompi",
  matchWaits: "In attesa che {name} le confronti…",
  viewAsked: "{name} vorrebbe vedere questa pagina.",
  recordingAsked: "Lo schermo dell’operatore può essere registrato mentre condividi questa pagina?",
  hidden: "L’operatore non vede questa pagina.",
  showPage: "Condividi questa pagina",
  recorded: "Hai consentito la registrazione.",
  notRecorded: "La registrazione non è consentita.",
  stopRecording: "Revoca",
  allowRecording: "Consenti la registrazione",
  scrollAsked: "{name} chiede di scorrere questa pagina.",
  scrolls: "{name} può scorrere qui",
  scoped: "Solo nella parte con la cornice arancione.",
  timed: "Per {minutes} min; poi termina da sé.",
  recordingToo: "Nel frattempo lo schermo dell’operatore può essere registrato.",
};
