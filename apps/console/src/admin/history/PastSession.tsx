import { Loader, Stack, Title } from "@mantine/core";
import type { AdminApi, SessionDetail } from "../api.ts";
import { Failed } from "../Failed.tsx";
import {
  eventName,
  formatClock,
  formatDuration,
  formatFidelity,
  formatNumber,
  formatZonedTime,
  outcomeName,
} from "../format.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { describeDetail } from "./detail.ts";

/** One session: who took part, and what happened, in order. */
export function PastSession({ api, id }: { api: AdminApi; id: string }) {
  const { data, error, reload } = useLoaded(id, () => api.session(id));
  if (error) return <Failed error={error} onRetry={reload} />;
  if (!data) return <Loader aria-label={text.loading} />;
  const { session, participants, events } = data;
  const facts: [string, string][] = [
    [text.started, formatZonedTime(session.createdAt)],
    [text.duration, formatDuration(session.durationMs)],
    [text.outcome, outcomeName(session.outcome)],
    [text.startedBy, session.initiator === "customer" ? text.customer : text.agent],
    [text.language, session.locale],
    [text.controls, formatNumber(session.controls)],
    [text.pages, formatNumber(session.pages)],
    [text.picture, formatFidelity(session)],
    [text.id, session.id],
  ];
  return (
    <Stack mt="xs">
      <Title order={1} size="h2">
        {session.customer ?? text.session}
      </Title>
      <section className="admin-panel">
        <dl className="admin-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="admin-panel">
        <Title order={2} size="h4" mb="xs">
          {text.participants}
        </Title>
        <dl className="admin-facts">
          {participants.map(({ number, role, name, agentId }) => (
            <div key={number}>
              <dt>{role === "customer" ? text.customer : text.agent}</dt>
              <dd>{agentId && agentId !== name ? `${name} (${agentId})` : name}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="admin-panel">
        <Title order={2} size="h4" mb="xs">
          {text.timeline}
        </Title>
        <Timeline participants={participants} events={events} />
      </section>
    </Stack>
  );
}

function Timeline({ participants, events }: Pick<SessionDetail, "participants" | "events">) {
  const names = new Map(participants.map(({ number, name }) => [number, name]));
  return (
    <ol className="admin-timeline">
      {events.map(({ id, at, event, by, detail }) => (
        <li key={id}>
          <time dateTime={at}>{formatClock(at)}</time>
          <span>
            {eventName(event)}
            {by !== null && names.has(by) && <span className="admin-soft"> – {names.get(by)}</span>}
            {detail && (
              <span className="admin-soft">
                {" "}
                · {event === "page.visited" ? <code>{detail}</code> : describeDetail(detail, names)}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
