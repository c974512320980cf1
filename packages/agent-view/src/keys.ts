/** Keys that do what the view's buttons do, while neither a field nor the customer's page has the focus. */
export const keys = {
  control: "C",
  suggest: "S",
  people: "M",
  fetch: "F",
  end: "E",
} as const;
