/** What the benchmark calls in a page that rrweb records. */
export interface RrwebRecordApi {
  /** Records from now on; each event goes to the relay as it is made. Resolves when the snapshot is made. */
  start(relay: string): Promise<void>;
}

/** What the benchmark reads from the page that replays. */
export interface RrwebViewApi {
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
    rrwebRecord: RrwebRecordApi;
    rrwebView: RrwebViewApi;
    openReplay: TrackerApi;
  }
}
