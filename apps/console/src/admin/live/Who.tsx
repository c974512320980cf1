import { customerOf, type LiveSession, type Metadata } from "@copane/protocol";
import { Text } from "@mantine/core";
import { text } from "../text.ts";

/** The customer's name, and below it what the site says: signed, and apart from it what only the page said. */
export function Who({ session }: { session: LiveSession }) {
  const { id, metadata, unverified, reference } = session.customer ?? {};
  const signed = [id, ...wordsOf(metadata)].filter(Boolean).join(" · ");
  const said = [...wordsOf(unverified), reference].filter(Boolean).join(" · ");
  return (
    <>
      {customerOf(session)?.name || text.nobody}
      {signed && (
        <Text size="xs" mt={4}>
          ✓ {signed}
        </Text>
      )}
      {said && (
        <Text size="xs" mt={4} c="dimmed">
          {text.unverified} {said}
        </Text>
      )}
    </>
  );
}

/** Whether a session has all words of a search in its names, ids and metadata. */
export function isFound(session: LiveSession, search: string): boolean {
  const { id = "", metadata, unverified, reference = "" } = session.customer ?? {};
  const names = session.participants.map(({ name }) => name);
  const all = [session.id, ...names, id, reference, ...wordsOf(metadata), ...wordsOf(unverified)];
  const here = all.join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => here.includes(word));
}

function wordsOf(metadata: Metadata = {}): string[] {
  return Object.entries(metadata).map(([name, value]) => `${name} ${value}`);
}
