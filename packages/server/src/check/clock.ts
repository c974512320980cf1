import type { Findings } from "./finding.ts";

/** More is told of. */
const TELL_MS = 2_000;
/** As much as tokens may be off. */
const MOST_MS = 30_000;

/** Says how far another machine's clock is from this one's. */
export function judgeClock(findings: Findings, aheadMs: number): void {
  const off = Math.abs(aheadMs);
  const text = `its clock is ${(off / 1_000).toFixed(1)} s ${aheadMs > 0 ? "ahead of" : "behind"} this machine's`;
  const mend = "Set both machines by NTP (`timedatectl` says whether one is).";
  if (off <= TELL_MS) findings.ok(`its clock and this machine's agree within ${TELL_MS / 1_000} s`);
  else if (off > MOST_MS) findings.problem(text, mend);
  else findings.warning(text, mend);
}
