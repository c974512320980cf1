import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: ProposalMessages = {
  proposesClick: "{name} schlägt vor, hier für Sie zu klicken.",
  proposesValue: "{name} schlägt vor, einzutragen:",
  accept: "Annehmen (F2)",
  decline: "Ablehnen (Esc)",
};
