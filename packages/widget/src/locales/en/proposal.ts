export const proposal = {
  proposesClick: "{name} suggests to click here for you.",
  proposesValue: "{name} suggests to enter:",
  accept: "Accept (F2)",
  decline: "Decline (Esc)",
};

export type ProposalMessages = typeof proposal;
