/** What the benchmark calls in a page that is recorded. */
export interface RecordApi {
  /** Records from now on; what is recorded goes to the relay as it is made. Resolves when recording has begun. */
  start(relay: string): Promise<void>;
}

/** What the benchmark reads from the page that shows what is recorded. */
export interface ViewApi {
  connect(relay: string): Promise<void>;
  /** Complete pictures so far. */
  pictures(): number;
  document(): Document;
  seen(): Record<string, number>;
}

/** What the benchmark calls in a page that OpenReplay tracks. */
export interface TrackerApi {
  start(ingest: string): Promise<void>;
  /** Ends the session, which sends what was still held back. */
  stop(): void;
}

declare global {
  interface Window {
    benchRecord: RecordApi;
    benchView: ViewApi;
    openReplay: TrackerApi;
  }
}
