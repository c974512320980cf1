import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} 建议替您点击此处。",
  proposesValue: "{name} 建议输入：",
  accept: "接受 (F2)",
  decline: "拒绝 (Esc)",
};
