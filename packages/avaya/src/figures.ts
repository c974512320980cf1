interface Compared {
  on(event: "figures", listener: (figures: string | undefined) => void): unknown;
  confirmMatch(): Promise<void>;
  refuseMatch(): Promise<void>;
}

/**
 * Where a site wants figures compared, pages of the SDK know nothing of it: the browser's own question asks in their
 * place. A browser that shows no such questions says no, and the session ends with nothing shown.
 */
export function compareFigures(session: Compared, other: "customer" | "agent"): void {
  session.on("figures", (figures) => {
    if (figures === undefined) return;
    // Not while the session tells its other listeners: the question stops this page until it is answered.
    setTimeout(() => {
      const same = window.confirm(
        `Compare these figures with the ${other} before anything is shown: ${figures}. Are they the same on both screens?`,
      );
      // The session may have ended meanwhile.
      (same ? session.confirmMatch() : session.refuseMatch()).catch(() => {});
    }, 0);
  });
}
