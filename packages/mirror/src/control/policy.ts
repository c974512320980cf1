/** What in the page stays the customer's while an agent is in control. */
export interface ControlPolicy {
  /** `customer`: nothing the agent does sends a form. By default it may. */
  submit?: "customer";
  /** Selectors of what the agent sees, but only the customer operates (a pay button). */
  customerOnly?: readonly string[];
  /** `hide`: agents are not told of the page's native dialogs. By default they are, with their text. */
  dialogs?: "hide";
}
