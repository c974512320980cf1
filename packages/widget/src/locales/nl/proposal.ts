import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} stelt voor hier voor u te klikken.",
  proposesValue: "{name} stelt voor in te vullen:",
  accept: "Accepteren (F2)",
  decline: "Afwijzen (Esc)",
};
