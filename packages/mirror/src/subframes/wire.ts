import { encodeFrame, type MirrorFrame } from "@copane/protocol";
import * as Op from "../core/codec/operations.ts";
import type { OperationReaders } from "../core/codec/reader.ts";
import type { MirrorWriter } from "../core/codec/writer.ts";
import * as Feedback from "../core/flow/feedback.ts";
import { encodeFeedback, type FeedbackFrame } from "../core/flow/feedback.ts";

/**
 * Feedback: a feedback frame for the page in a subframe.
 * @param number of the subframe
 */
export function encodeInnerFeedback(number: number, frame: FeedbackFrame): Uint8Array<ArrayBuffer> {
  return encodeFeedback(Feedback.subframe, (out) => {
    out.u8(number);
    out.raw(encodeFrame(frame, frame.payload));
  });
}

export interface SubframeOperations {
  subframe(id: number, number: number, frame: MirrorFrame): void;
}

/**
 * A mirror frame of a page of another origin, which has a stream of its own.
 * @param id of the iframe that the page is in
 * @param number of the subframe, 1 to 127
 * @param frame its `page` counts those of the page outside; with an empty payload nothing is known of it any more
 */
export function writeSubframe(
  out: MirrorWriter,
  id: number,
  number: number,
  { flags, page, epoch, seq, payload }: MirrorFrame,
): void {
  out.op(Op.subframe, id);
  out.u8(number);
  out.u8(flags);
  out.varint(page);
  out.varint(epoch);
  out.varint(seq);
  out.bytes(payload);
}

export const subframeReaders: OperationReaders<SubframeOperations> = [
  [
    Op.subframe,
    (input, to) =>
      to.subframe(input.id(), input.u8(), {
        flags: input.u8(),
        page: input.varint(),
        epoch: input.varint(),
        seq: input.varint(),
        payload: input.bytes(),
      }),
  ],
];
