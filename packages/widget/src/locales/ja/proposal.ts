import type { Translation } from "@copane/ui";
import type { ProposalMessages } from "../en/proposal.ts";

export const proposal: Translation<ProposalMessages> = {
  proposesClick: "{name} さんが、ここを代わりにクリックすることを提案しています。",
  proposesValue: "{name} さんが次の入力を提案しています:",
  accept: "受け入れる (F2)",
  decline: "断る (Esc)",
};
