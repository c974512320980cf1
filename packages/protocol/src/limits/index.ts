/** Hard limits of the wire; both sides know them, the server enforces them. One sentence each. */

/** Longest name of a participant, in UTF-16 units (Avaya: 99). */
export const nameLength = 99;
/** Longest reason given with a logout. */
export const reasonLength = 200;
/** Longest e-mail address accepted with a session request. */
export const emailLength = 254;
/** Longest path of a page visit, in UTF-16 units; longer ones are cut. */
export const pathLength = 512;
/** Page visits that are recorded of one session. */
export const pageVisits = 1_000;
/** Largest REST body, in bytes. */
export const bodyBytes = 16 * 1024;
/** Largest control message on a socket, in bytes. */
export const messageBytes = 16 * 1024;
/** Largest payload of a content frame, in bytes; senders cut what is longer. */
export const frameBytes = 1024 * 1024;
/** Frames aim at this size before compression, so that no slice blocks and no socket stalls. */
export const frameTargetBytes = 64 * 1024;
/** Longest grant of control that may be asked for, in minutes. */
export const grantMinutes = 480;
/** Invitations of one session that may be open at once. */
export const invites = 8;
/** Highest number of a participant: it travels in one byte. */
export const participantNumber = 255;
/** Largest payload of a chat, whisper or proposal frame, in bytes. */
export const talkBytes = 8 * 1024;
/** Longest line of chat, in UTF-16 units. */
export const chatLength = 1_000;
/** Lines of chat that the customer's page keeps. */
export const chatLines = 100;
/** Longest id of a customer at the site, and longest reference of a chat or call, in UTF-16 units. */
export const referenceLength = 128;
/** Longest identity (JWT) of a customer. */
export const identityLength = 6_000;
/** Names in a customer's metadata. */
export const metadataNames = 16;
/** Longest value in a customer's metadata, in UTF-16 units. */
export const metadataLength = 200;
/** Parts of a picture that were compared, told at once. */
export const comparedParts = 100_000;
