import { createCapture, type PrivacyPolicy } from "@copane/mirror/capture";
import { createReplica } from "@copane/mirror/replica";

/** The page's window, as wide as a usual screen: what is shown depends on it. */
const WIDTH = 1280;
const HEIGHT = 800;

/**
 * Shows a page as an agent would see it under a policy: the page stands in a frame without scripts, and the same
 * capture and replica as in a session work on it. Rejects with SyntaxError on a selector that is none.
 * @returns what takes both away
 */
export async function showAsAgent(
  html: string,
  policy: PrivacyPolicy,
  container: HTMLElement,
  label: string,
): Promise<() => void> {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  Object.assign(frame.style, {
    position: "fixed",
    insetInlineStart: "-10000px",
    top: "0",
    width: `${WIDTH}px`,
    height: `${HEIGHT}px`,
    border: "0",
  });
  frame.srcdoc = html;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const replica = createReplica({
    container,
    label,
    loads: { from: "public", allow: [] },
    sendFeedback: (feedback) => capture?.feedback(1, feedback),
    sendInput: () => {},
    sendPointer: () => {},
    onError: (error) => console.warn("copane: the preview", error),
  });
  const close = () => {
    capture?.stop();
    replica.destroy();
    frame.remove();
  };
  let capture: ReturnType<typeof createCapture> | undefined;
  try {
    capture = createCapture({
      window: frame.contentWindow as Window & typeof globalThis,
      loadFeatures: () => import("@copane/mirror/features"),
      policy,
      send: (captured) => replica.receive({ page: 1, ...captured }),
      onError: (error) => console.warn("copane: the preview", error),
    });
    capture.start();
  } catch (error) {
    close();
    throw error;
  }
  return close;
}
