import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "يقترح {name} النقر هنا نيابةً عنك.",
  proposesValue: "يقترح {name} إدخال:",
  accept: "قبول (F2)",
  decline: "رفض (Esc)",
};
