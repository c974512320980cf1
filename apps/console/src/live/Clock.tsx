import { Text } from "@mantine/core";
import { useEffect, useState } from "react";

/** Minutes and seconds since the view was opened. */
export function Clock({ label }: { label: string }) {
  const [since] = useState(() => Date.now());
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.floor((now - since) / 1_000);
  return (
    <Text ff="monospace" size="sm" c="dimmed" title={label} role="timer" aria-label={label}>
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </Text>
  );
}
