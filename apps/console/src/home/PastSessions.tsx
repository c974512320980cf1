import type { OwnPastSession, SessionNote } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Paper, Rating, Text, TextInput, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { rest } from "../server.ts";
import { describeError, language, text } from "../text.ts";

/** The agent's own last sessions, and what they note of them. */
export function PastSessions({ token }: { token: string }) {
  const [sessions, setSessions] = useState<readonly OwnPastSession[]>([]);
  const [error, setError] = useState<string>();

  useEffect(() => {
    let away = false;
    rest.history(token).then(
      (answer) => {
        if (!away) setSessions(answer.sessions);
      },
      (problem) => {
        if (!away) setError(describeError(problem));
      },
    );
    return () => {
      away = true;
    };
  }, [token]);

  return (
    <Paper withBorder className="card-small past">
      <Title order={2} size="h5">
        {text.pastTitle}
      </Title>
      {error ? (
        <Text c="red" size="sm" role="alert">
          {error}
        </Text>
      ) : (
        sessions.length === 0 && (
          <Text c="dimmed" size="sm">
            {text.pastNone}
          </Text>
        )
      )}
      <ul className="lines">
        {sessions.map((session) => (
          <PastSession key={session.id} session={session} token={token} />
        ))}
      </ul>
    </Paper>
  );
}

function PastSession({ session, token }: { session: OwnPastSession; token: string }) {
  const { id, customer, createdAt, durationMs } = session;
  const [kept, setKept] = useState<SessionNote>({ note: session.note, rating: session.rating });
  const [note, setNote] = useState(session.note);
  const [said, setSaid] = useState("");

  async function keep(next: SessionNote) {
    if (next.note === kept.note && next.rating === kept.rating) return;
    try {
      await rest.note(id, next, token);
      setKept(next);
      setSaid(text.saved);
    } catch (problem) {
      setSaid(describeError(problem));
    }
  }

  const name = customer ?? "";
  return (
    <li>
      <span className="line-words">
        <b>{name}</b>
        <Text component="span" size="sm" c="dimmed">
          {fill(text.pastHelped, { when: whenOf(createdAt), duration: durationOf(durationMs) })}
        </Text>
      </span>
      <Rating
        value={kept.rating ?? 0}
        onChange={(rating) => void keep({ note, rating: rating === 0 ? null : rating })}
        aria-label={`${text.rate}: ${name}`}
        getSymbolLabel={(count) => fill(text.stars, { count })}
      />
      <TextInput
        className="past-note"
        size="sm"
        aria-label={`${text.pastNote}: ${name}`}
        placeholder={text.pastNote}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onBlur={() => void keep({ ...kept, note: note.trim() })}
        onKeyDown={(event) => {
          if (event.key === "Enter") void keep({ ...kept, note: note.trim() });
        }}
      />
      <Text component="span" size="sm" c="dimmed" className="past-said" role="status">
        {said}
      </Text>
    </li>
  );
}

/** The digits of keys and clocks, in Arabic too: one screen has one kind. */
const digits = { numberingSystem: "latn" };

function whenOf(iso: string): string {
  const format = new Intl.DateTimeFormat(language, { ...digits, dateStyle: "medium", timeStyle: "short" });
  return format.format(new Date(iso));
}

/** Minutes and seconds, like `7:05`. */
function durationOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
