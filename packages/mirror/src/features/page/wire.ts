import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** Media features in which the agent's browser may differ from the customer's, in the order of the bits. */
export const mediaFeatures = [
  "(prefers-color-scheme: dark)",
  "(prefers-reduced-motion: reduce)",
  "(prefers-contrast: more)",
  "(prefers-contrast: less)",
  "(prefers-reduced-transparency: reduce)",
  "(forced-colors: active)",
  "(hover: hover)",
  "(any-hover: hover)",
  "(pointer: fine)",
  "(pointer: coarse)",
  "(any-pointer: fine)",
  "(any-pointer: coarse)",
] as const;

export interface PageOperations {
  viewport(width: number, height: number, clientWidth: number): void;
  sight(left: number, top: number, width: number, height: number): void;
  page(url: string, baseUrl: string, title: string): void;
  environment(bits: number, screenWidth: number, screenHeight: number): void;
  ready(): void;
}

/**
 * The layout viewport in CSS pixels.
 * @param clientWidth the width without scrollbars
 */
export function writeViewport(out: MirrorWriter, width: number, height: number, clientWidth: number): void {
  out.u8(Op.viewport);
  out.varint(Math.round(width));
  out.varint(Math.round(height));
  out.varint(Math.round(clientWidth));
}

/**
 * The part of the viewport that the customer sees, who has pinched it larger or typed on a screen's keyboard; nothing
 * of it (no width) stands for all.
 */
export function writeSight(
  out: MirrorWriter,
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  out.u8(Op.sight);
  for (const pixels of [left, top, width, height]) out.varint(Math.max(0, Math.round(pixels)));
}

/** Sent whenever one of them changed. */
export function writePage(out: MirrorWriter, url: string, baseUrl: string, title: string): void {
  out.u8(Op.page);
  out.string(url);
  out.string(baseUrl);
  out.string(title);
}

/**
 * What media queries see at the customer.
 * @param bits by `mediaFeatures`: which of them hold
 * @param screenWidth of the device, in CSS pixels
 */
export function writeEnvironment(
  out: MirrorWriter,
  bits: number,
  screenWidth: number,
  screenHeight: number,
): void {
  out.u8(Op.environment);
  out.varint(bits);
  out.varint(screenWidth);
  out.varint(screenHeight);
}

/** The first complete picture of the epoch stands. */
export function writeReady(out: MirrorWriter): void {
  out.u8(Op.ready);
}

export const pageReaders: OperationReaders<PageOperations> = [
  [Op.viewport, (input, to) => to.viewport(input.varint(), input.varint(), input.varint())],
  [Op.sight, (input, to) => to.sight(input.varint(), input.varint(), input.varint(), input.varint())],
  [Op.page, (input, to) => to.page(input.string(), input.string(), input.string())],
  [Op.environment, (input, to) => to.environment(input.varint(), input.varint(), input.varint())],
  [Op.ready, (_input, to) => to.ready()],
];
