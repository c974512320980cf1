/** Hard limits of the wire; both sides know them, the server enforces them. One sentence each. */
export const limits = {
  /** Longest name of a participant, in UTF-16 units (Avaya: 99). */
  nameLength: 99,
  /** Longest reason given with a logout. */
  reasonLength: 200,
  /** Longest e-mail address accepted with a session request. */
  emailLength: 254,
  /** Longest path of a page visit, in UTF-16 units; longer ones are cut. */
  pathLength: 512,
  /** Page visits that are recorded of one session. */
  pageVisits: 1_000,
  /** Largest REST body, in bytes. */
  bodyBytes: 16 * 1024,
  /** Largest control message on a socket, in bytes. */
  messageBytes: 16 * 1024,
  /** Largest content frame, in bytes; senders cut what is longer. */
  frameBytes: 1024 * 1024,
  /** Frames aim at this size before compression, so that no slice blocks and no socket stalls. */
  frameTargetBytes: 64 * 1024,
  /** A socket that has not said hello by then is closed. */
  helloMs: 10_000,
  /** Longest grant of control that may be asked for, in minutes. */
  grantMinutes: 480,
  /** Invitations of one session that may be open at once. */
  invites: 8,
  /** Highest number of a participant: it travels in one byte. */
  participantNumber: 255,
  /** Largest chat, whisper or proposal frame, in bytes. */
  talkBytes: 8 * 1024,
  /** Longest line of chat, in UTF-16 units. */
  chatLength: 1_000,
  /** Lines of chat that the customer's page keeps. */
  chatLines: 100,
  /** Agents who can view one session at once. */
  viewers: 8,
} as const;

/** Version of this wire protocol; `hello` carries it and the server refuses another major. */
export const PROTOCOL_VERSION = 1;
