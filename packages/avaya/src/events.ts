/** What pages read of each callback's argument. */
export interface CobrowseEvents {
  connection: Party;
  /** A session was taken up again: on the next page, or after a drop. */
  reset: { resume: boolean };
  failure: { msg: string };
  /** `code:text`; `inactive_timeout`, `session_timeout`, or how the other side ended it. */
  close: { msg: string };
  /** The owner of the session does nothing; it will be closed. */
  idle: string;
  awake: string;
  agentJoin: Party;
  customerJoin: Party;
  controlRequest: Party;
  controlRelease: Party;
  controlGrant: Party;
  controlDenial: Party;
  controlRevoke: Party;
  pause: Party;
  resume: Party;
}

/** Names of who is meant. */
export interface Party {
  agent: string;
  customer: string;
}
