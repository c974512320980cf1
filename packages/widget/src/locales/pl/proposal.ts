import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} proponuje kliknąć tu za Ciebie.",
  proposesValue: "{name} proponuje wpisać:",
  accept: "Przyjmij (F2)",
  decline: "Odrzuć (Esc)",
};
