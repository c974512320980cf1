import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "הצעה מ־{name}: ללחוץ כאן בשבילך.",
  proposesValue: "הצעה מ־{name}: להזין:",
  accept: "קבלה (F2)",
  decline: "דחייה (Esc)",
};
