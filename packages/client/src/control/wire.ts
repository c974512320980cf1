import { ByteReader, ByteWriter, MalformedFrameError } from "@copane/protocol";

/** What an agent proposes to do on one element, named by mirror node id. */
export type Proposal = { kind: "click"; id: number } | { kind: "value"; id: number; value: string };

/** Longest value that may be proposed, in UTF-16 units. */
export const PROPOSED_VALUE_LENGTH = 1_000;

const kinds = { click: 1, value: 2 } as const;

export function encodeProposal(proposal: Proposal): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(64);
  out.u8(kinds[proposal.kind]);
  out.varint(proposal.id);
  if (proposal.kind === "value") out.string(proposal.value);
  return out.take();
}

/** Throws `MalformedFrameError` on bytes that are no proposal. */
export function decodeProposal(payload: Uint8Array): Proposal {
  const input = new ByteReader(payload);
  const kind = input.u8();
  const id = input.varint();
  if (kind === kinds.click) return { kind: "click", id };
  if (kind !== kinds.value) throw new MalformedFrameError("unknown proposal");
  const value = input.string();
  if (value.length > PROPOSED_VALUE_LENGTH) throw new MalformedFrameError("value too long");
  return { kind: "value", id, value };
}
