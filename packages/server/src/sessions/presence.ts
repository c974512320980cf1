import type { Participant, SessionRecord } from "../rules/index.ts";

/**
 * Whether a session became another one only in who is there: connections, signs of life, the count of pages. Nobody
 * decided that, and after a crash nobody is connected anyway: it is stored when there is time.
 */
export function isPresence(before: SessionRecord, after: SessionRecord): boolean {
  const [one, other] = [decided(before), decided(after)];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof typeof one>;
  return (
    [...names].every((name) => one[name] === other[name]) &&
    before.participants.length === after.participants.length &&
    before.participants.every((participant, i) => isSame(participant, after.participants[i]))
  );
}

function decided({
  participants: _participants,
  activeAt: _activeAt,
  warned: _warned,
  nextPage: _nextPage,
  ...rest
}: SessionRecord) {
  return rest;
}

function isSame(one: Participant, other: Participant | undefined): boolean {
  return one.number === other?.number && one.part === other.part && one.silent === other.silent;
}
