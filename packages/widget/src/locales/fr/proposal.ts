import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} propose de cliquer ici pour vous.",
  proposesValue: "{name} propose de saisir :",
  accept: "Accepter (F2)",
  decline: "Refuser (Échap)",
};
