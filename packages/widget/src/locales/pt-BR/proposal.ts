import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} sugere clicar aqui por você.",
  proposesValue: "{name} sugere preencher:",
  accept: "Aceitar (F2)",
  decline: "Recusar (Esc)",
};
