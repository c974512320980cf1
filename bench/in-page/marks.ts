const seen: Record<string, number> = {};

/** When each mark of `measureLatency` was first seen, in milliseconds since 1970. */
export function seenMarks(): Record<string, number> {
  return seen;
}

/** Notes when a marked text first stands in a replica. */
export function watchMarks(replica: Document): void {
  const look = () => {
    const mark = replica.getElementById("copane-latency-mark")?.textContent;
    if (mark) seen[mark] ??= performance.timeOrigin + performance.now();
  };
  new MutationObserver(look).observe(replica, { subtree: true, childList: true, characterData: true });
}
