import { describeError } from "../text.ts";
import "./admin.css";
import type { Permission } from "@copane/protocol";
import { Alert, Anchor, Loader, Title } from "@mantine/core";
import { useMemo } from "react";
import { AdminApi } from "./api.ts";
import { History } from "./history/History.tsx";
import { PastSession } from "./history/PastSession.tsx";
import { LiveSessions } from "./live/LiveSessions.tsx";
import { PolicyView } from "./policy/PolicyView.tsx";
import { Reports } from "./reports/Reports.tsx";
import { type AdminRoute, addressOf, type View, views } from "./route.ts";
import { text } from "./text.ts";
import { useLoaded } from "./useLoaded.ts";

/** What each view needs; the server asks again with every request. */
const needed: Record<View, Permission> = {
  live: "session.oversee",
  history: "audit.read",
  reports: "audit.read",
  policy: "policy.read",
};

interface AdminProps {
  token: string;
  route: AdminRoute;
  onObserve: (sessionId: string, silent: boolean) => Promise<void>;
}

/** The administration: who may see what happened, and who keeps it running. */
export default function Admin({ token, route, onObserve }: AdminProps) {
  const api = useMemo(() => new AdminApi(token), [token]);
  const { data: me, error } = useLoaded(token, () => api.me());
  const mine = views.filter((view) => me?.permissions.includes(needed[view]));
  const open = mine.includes(route.view) ? route.view : undefined;

  const screen = () => {
    if (error) return <Alert color="red">{describeError(error)}</Alert>;
    if (!me) return <Loader aria-label={text.loading} />;
    switch (open) {
      case "live":
        return <LiveSessions api={api} onObserve={onObserve} />;
      case "history":
        return route.id ? <PastSession api={api} id={route.id} /> : <History api={api} />;
      case "reports":
        return <Reports api={api} />;
      case "policy":
        return <PolicyView api={api} mayWrite={me.permissions.includes("policy.write")} />;
      default:
        return (
          <Alert color="yellow" title={text.forbidden}>
            {text.forbiddenHint}
          </Alert>
        );
    }
  };

  return (
    <div className="admin">
      <nav className="admin-nav" aria-label={text.nav}>
        {mine.map((view) => (
          <a key={view} href={addressOf(view)} aria-current={view === open ? "page" : undefined}>
            {text.views[view]}
          </a>
        ))}
        <a className="admin-back" href="#/">
          {text.back}
        </a>
      </nav>
      <main className="admin-main" data-admin-view={open}>
        {route.id ? (
          <Anchor href={addressOf(route.view)} size="sm" underline="always">
            {text.allSessions}
          </Anchor>
        ) : (
          <Title order={1} size="h2" mb="md">
            {text.views[route.view]}
          </Title>
        )}
        {screen()}
      </main>
    </div>
  );
}
