import { ByteReader, ByteWriter, MalformedFrameError } from "@copane/protocol";

/**
 * Why the page did not do what the agent asked:
 * - `gone`: the element is not there any more;
 * - `protected`: it is masked, blocked or hidden from the agent;
 * - `reserved`: the site keeps it for the customer;
 * - `submit`: the site keeps sending forms for the customer;
 * - `file`: only the customer can choose files;
 * - `customerTyping`: the customer is typing there.
 */
export type RefusalReason = "gone" | "protected" | "reserved" | "submit" | "file" | "customerTyping";

export type DialogKind = "alert" | "confirm" | "prompt";

/** What the customer's page tells an agent beside the mirror. Never holds masked content. */
export type Notice =
  | { kind: "refused"; reason: RefusalReason }
  /** A native dialog stands in front of the page until the customer answers; `text` is its beginning. */
  | { kind: "dialog"; dialog: DialogKind; text: string }
  | { kind: "dialogClosed" }
  /** Nothing of the page is shared, by an error of the catalogue (`code`). */
  | { kind: "notShared"; code: number };

/** A dialog's text is cut to this many UTF-16 units. */
export const NOTICE_TEXT_LENGTH = 200;

const kinds = { refused: 1, dialog: 2, dialogClosed: 3, notShared: 4 } as const;
export const refusalReasons: readonly RefusalReason[] = [
  "gone",
  "protected",
  "reserved",
  "submit",
  "file",
  "customerTyping",
];
const dialogs: readonly DialogKind[] = ["alert", "confirm", "prompt"];

export function encodeNotice(notice: Notice): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(16);
  out.u8(kinds[notice.kind]);
  if (notice.kind === "refused") out.u8(refusalReasons.indexOf(notice.reason));
  else if (notice.kind === "dialog") {
    out.u8(dialogs.indexOf(notice.dialog));
    out.string(notice.text.slice(0, NOTICE_TEXT_LENGTH));
  } else if (notice.kind === "notShared") out.varint(notice.code);
  return out.take();
}

/** Throws `MalformedFrameError` on bytes that are no notice. */
export function decodeNotice(payload: Uint8Array): Notice {
  const input = new ByteReader(payload);
  switch (input.u8()) {
    case kinds.refused: {
      const reason = refusalReasons[input.u8()];
      if (reason === undefined) throw new MalformedFrameError("unknown refusal");
      return { kind: "refused", reason };
    }
    case kinds.dialog: {
      const dialog = dialogs[input.u8()];
      if (dialog === undefined) throw new MalformedFrameError("unknown dialog");
      return { kind: "dialog", dialog, text: input.string().slice(0, NOTICE_TEXT_LENGTH) };
    }
    case kinds.dialogClosed:
      return { kind: "dialogClosed" };
    case kinds.notShared:
      return { kind: "notShared", code: input.varint() };
    default:
      throw new MalformedFrameError("unknown notice");
  }
}
