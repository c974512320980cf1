/** Serves an example for a Copane server at `copane`; on a free port unless told. */
export function serveExample(
  name: string,
  copane: string,
  port?: number,
): Promise<{ url: string; close(): Promise<void> }>;
