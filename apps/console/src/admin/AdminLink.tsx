import { Anchor } from "@mantine/core";
import { useMemo } from "react";
import { AdminApi } from "./api.ts";
import { addressOf, type View } from "./route.ts";
import { text } from "./text.ts";
import { useLoaded } from "./useLoaded.ts";

/** The way into the administration, for whose role it is. */
export function AdminLink({ token }: { token: string }) {
  const api = useMemo(() => new AdminApi(token), [token]);
  const { data: me } = useLoaded(token, () => api.me());
  const first: View | undefined = me?.permissions.includes("session.oversee")
    ? "live"
    : me?.permissions.includes("audit.read")
      ? "history"
      : undefined;
  if (!first) return null;
  return (
    <Anchor href={addressOf(first)} size="sm">
      {text.title}
    </Anchor>
  );
}
