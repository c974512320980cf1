import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} sizin için buraya tıklamayı öneriyor.",
  proposesValue: "{name} şunu girmeyi öneriyor:",
  accept: "Kabul et (F2)",
  decline: "Reddet (Esc)",
};
