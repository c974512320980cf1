import { fill } from "@copane/ui";
import { formatDuration } from "../format.ts";
import { text } from "../text.ts";

/**
 * What an event adds, in words. The server writes it as `part=agent silent=1`; a page's path and an administrator's
 * id stand as they are.
 * @param names of the participants by number
 */
export function describeDetail(detail: string, names: ReadonlyMap<number, string>): string {
  const pairs = detail.split(" ").map((pair) => pair.match(/^(\w+)=(.*)$/));
  // An address may hold anything, and words of a later version are not ours to tell.
  if (!pairs.every((pair) => Object.hasOwn(said, pair?.[1] ?? ""))) return detail;
  return pairs.map((pair) => said[pair?.[1] ?? ""]?.(pair?.[2] ?? "", names)).join(", ");
}

type Say = (value: string, names: ReadonlyMap<number, string>) => string;

const said: Record<string, Say> = {
  part: (value) => lookUp(text.parts, value),
  silent: () => text.unseen,
  level: (value) => lookUp(text.controlLevels, value),
  forMs: (value) => fill(text.forTime, { time: formatDuration(Number(value)) }),
  scoped: () => text.oneField,
  to: (value, names) => fill(text.toName, { name: nameOf(value, names) }),
  from: (value, names) => fill(text.fromName, { name: nameOf(value, names) }),
  what: (value) => lookUp(text.whats, value),
  awayMs: (value) => fill(text.away, { time: formatDuration(Number(value)) }),
  customer: (value) => fill(text.customerId, { id: value }),
  reference: (value) => fill(text.referenceId, { id: value }),
};

function lookUp(table: Record<string, string>, value: string): string {
  return table[value] ?? value;
}

function nameOf(number: string, names: ReadonlyMap<number, string>): string {
  return names.get(Number(number)) ?? number;
}
