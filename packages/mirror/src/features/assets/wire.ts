import type { ByteReader } from "@copane/protocol";
import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as Feedback from "../../core/flow/feedback.ts";
import { encodeFeedback } from "../../core/flow/feedback.ts";

/**
 * What a viewer could not load and asks for: the picture of an element, the text of its stylesheet, a text that it
 * knows by its hash alone, or a picture that its style names. Numbers from `background` on: `background + 3 * n` is
 * the n-th address of the element's `pictureUrls`, one more that of its `::before`, two more that of its `::after`.
 */
export const Asset = { picture: 1, sheet: 2, stateRules: 3, poster: 4, text: 5, background: 6 } as const;
export type Asset = number;

/** What backgrounds belong to, in the order of their numbers. */
export const backgroundPseudos = ["", "::before", "::after"] as const;

/** Properties whose computed values name pictures. */
export const pictureProperties = [
  "background-image",
  "list-style-image",
  "border-image-source",
  "content",
  "mask-image",
] as const;

/** The addresses in a computed value, or in several, in order. */
export function pictureUrls(value: string): string[] {
  return [...value.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g)].map(([, url = ""]) =>
    url.replace(/\\(.)/g, "$1"),
  );
}

/** Something that a viewer could not load, or may not read. */
export interface WantedAsset {
  id: number;
  asset: Asset;
}

/** More in one request is not answered. */
export const MOST_WANTED = 64;

/** Feedback: what the viewer could not load. */
export function encodeWantedAssets(wanted: readonly WantedAsset[]): Uint8Array<ArrayBuffer> {
  return encodeFeedback(Feedback.assets, (out) => {
    const asked = wanted.slice(0, MOST_WANTED);
    out.varint(asked.length);
    for (const { id, asset } of asked) {
      out.varint(id);
      out.u8(asset);
    }
  });
}

/** What follows the kind in such feedback. */
export function decodeWantedAssets(input: ByteReader): WantedAsset[] {
  const wanted: WantedAsset[] = [];
  for (let left = Math.min(input.varint(), MOST_WANTED); left > 0; left--)
    wanted.push({ id: input.varint(), asset: input.u8() });
  return wanted;
}

export interface AssetOperations {
  asset(id: number, kind: Asset, type: string, last: boolean, bytes: Uint8Array): void;
}

/**
 * A file that the viewer could not load, in parts.
 * @param type its MIME type
 */
export function writeAsset(
  out: MirrorWriter,
  id: number,
  kind: Asset,
  type: string,
  last: boolean,
  bytes: Uint8Array,
): void {
  out.op(Op.asset, id);
  out.u8(kind);
  out.name(type);
  out.u8(last ? 1 : 0);
  out.bytes(bytes);
}

export const assetReaders: OperationReaders<AssetOperations> = [
  [
    Op.asset,
    (input, to) => to.asset(input.id(), input.u8() as Asset, input.name(), input.flag(), input.bytes()),
  ],
];
