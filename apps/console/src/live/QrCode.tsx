import QrCreator from "qr-creator";
import { useEffect, useRef } from "react";

/** Pixels of its side on the screen; drawn twice as fine. */
const SIDE = 148;

/** A link to be read by a telephone. Dark on white in every scheme: not all cameras read the other way round. */
export function QrCode({ link, label }: { link: string; label: string }) {
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!place.current) return;
    QrCreator.render(
      { text: link, ecLevel: "M", size: SIDE * 2, fill: "#000", background: "#fff", quiet: 2, radius: 0 },
      place.current,
    );
  }, [link]);
  return (
    <canvas
      ref={place}
      className="qr"
      width={SIDE * 2}
      height={SIDE * 2}
      style={{ width: SIDE, height: SIDE }}
      role="img"
      aria-label={label}
      data-link={link}
    />
  );
}
