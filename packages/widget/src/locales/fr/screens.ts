import type { Translation } from "@copane/ui";
import type { ScreenMessages } from "../en/screens.ts";

export const screens: Translation<ScreenMessages> = {
  key: "Code",
  keyHint: "Les chiffres du code, par exemple 1234 5678",
  join: "Rejoindre avec ce code",
  back: "Retour",
  controlAsked: "{name} demande à cliquer et à écrire sur cette page.",
  controlNote: "Vous gardez la main et pouvez la reprendre seul à tout moment.",
  allow: "Autoriser",
  deny: "Ne pas autoriser",
  inControl: "{name} peut cliquer et écrire ici",
  takeBack: "Reprendre le contrôle (Échap)",
  idle: "Êtes-vous toujours là ?",
  idleNote:
    "Le partage s’arrête dans {seconds, plural, one {# seconde} many {# secondes} other {# secondes}}.",
  goOn: "Continuer",
  matchAsked: "Comparez deux chiffres avec {name}",
  matchNote:
    "{name} doit vous lire ces chiffres. Rien ne s’affiche tant que vous ne les avez pas comparés tous les deux.",
  matchSame: "Ils sont identiques",
  matchDiffers: "Ils diffèrent : arrêter",
  matchWaits: "En attente de la comparaison de {name}…",
  viewAsked: "{name} souhaite voir cette page.",
  recordingAsked: "L’écran du conseiller peut-il être enregistré pendant que vous partagez cette page ?",
  hidden: "Le conseiller ne voit pas cette page.",
  showPage: "Partager cette page",
  recorded: "Vous avez autorisé l’enregistrement.",
  notRecorded: "L’enregistrement n’est pas autorisé.",
  stopRecording: "Retirer mon accord",
  allowRecording: "Autoriser l’enregistrement",
  scrollAsked: "{name} demande à faire défiler cette page.",
  scrolls: "{name} peut faire défiler la page",
  scoped: "Seulement dans la partie encadrée en orange.",
  timed: "Pendant {minutes} min ; puis cela s’arrête tout seul.",
  recordingToo: "L’écran du conseiller peut être enregistré pendant ce temps.",
};
