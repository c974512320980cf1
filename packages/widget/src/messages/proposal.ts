import { wordsFor } from "./language.ts";

const en = {
  proposesClick: "{name} suggests to click here for you.",
  proposesValue: "{name} suggests to enter:",
  accept: "Accept (F2)",
  decline: "Decline (Esc)",
};

export type ProposalMessages = typeof en;

const de: ProposalMessages = {
  proposesClick: "{name} schlägt vor, hier für Sie zu klicken.",
  proposesValue: "{name} schlägt vor, einzutragen:",
  accept: "Annehmen (F2)",
  decline: "Ablehnen (Esc)",
};

/** The words of proposals, which come with what shows them. */
export function proposalMessagesFor(language: string): ProposalMessages {
  return wordsFor(language, { en, de });
}
