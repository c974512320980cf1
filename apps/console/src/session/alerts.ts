import { customerOf } from "@copane/protocol";
import { fill } from "@copane/ui";
import { useEffect } from "react";
import { text } from "../text.ts";
import type { DeskSessions, Held } from "./deskSessions.ts";
import type { News } from "./news.ts";

/** How the agent wants to hear of news that they do not see. */
export interface AlertWishes {
  sound: boolean;
  notify: boolean;
}

const KEY = "copane.alerts";

export function storedWishes(): AlertWishes {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<AlertWishes>;
    return { sound: kept.sound !== false, notify: kept.notify === true && mayNotify() === "granted" };
  } catch {
    return { sound: true, notify: false };
  }
}

export function storeWishes(wishes: AlertWishes): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(wishes));
  } catch {
    // Blocked storage: they hold as long as the page.
  }
}

/** Whether this browser shows notifications of the desk; `denied` where it has none. */
export function mayNotify(): NotificationPermission {
  return "Notification" in window ? Notification.permission : "denied";
}

/** Tells of what happens in sessions: in the tab's title and badge, by sound, and by notifications. */
export function useAlerts(sessions: DeskSessions, held: readonly Held[], wishes: AlertWishes): void {
  const count = held.reduce((sum, { news }) => sum + news.length, 0);
  const newest = held.findLast(({ news }) => news.length > 0);
  const title = newest ? `(${count}) ${sentence(newest.news.at(-1) as News, newest)}` : "";
  useEffect(() => {
    document.title = title ? `${title} – Copane` : "Copane";
    // Only an installed desk has a badge.
    if (count > 0) navigator.setAppBadge?.(count).catch(() => {});
    else navigator.clearAppBadge?.().catch(() => {});
  }, [title, count]);
  useEffect(
    () =>
      sessions.onNews((news, about) => {
        const seen = !document.hidden && sessions.state.shown === about.seat;
        if (seen && news !== "asks") return;
        if (wishes.sound) chime();
        if (wishes.notify && document.hidden) notify(news, about, () => sessions.show(about.seat));
      }),
    [sessions, wishes],
  );
}

function sentence(news: News, { view }: Held): string {
  return fill(text.news[news], { name: customerOf(view)?.name ?? "" });
}

/** What the customer wrote stays on the desk: notifications are kept by the system, and read by whoever is near. */
function notify(news: News, about: Held, show: () => void): void {
  const note = new Notification(sentence(news, about), { tag: `copane.${about.seat}`, icon: "./mark.svg" });
  note.onclick = () => {
    window.focus();
    show();
    note.close();
  };
}

let audio: AudioContext | undefined;

/** Two short tones. Silent before the first click or key in the page: browsers want it so. */
function chime(): void {
  audio ??= new AudioContext();
  const { currentTime: now, destination } = audio;
  for (const [at, pitch] of [
    [0, 660],
    [0.13, 880],
  ] as const) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, now + at);
    loudness.gain.linearRampToValueAtTime(0.12, now + at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, now + at + 0.22);
    tone.connect(loudness).connect(destination);
    tone.start(now + at);
    tone.stop(now + at + 0.24);
  }
}
