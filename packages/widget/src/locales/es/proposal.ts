import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} propone hacer clic aquí por usted.",
  proposesValue: "{name} propone introducir:",
  accept: "Aceptar (F2)",
  decline: "Rechazar (Esc)",
};
