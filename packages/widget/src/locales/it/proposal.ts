import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} propone di fare clic qui per te.",
  proposesValue: "{name} propone di inserire:",
  accept: "Accetta (F2)",
  decline: "Rifiuta (Esc)",
};
