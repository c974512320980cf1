import { encodeQR } from "qr";
import { useMemo } from "react";

/** Pixels of its side on the screen. */
const SIDE = 148;

/** A link to be read by a telephone. Dark on white in every scheme: not all cameras read the other way round. */
export function QrCode({ link, label }: { link: string; label: string }) {
  const rows = useMemo(() => encodeQR(link, "raw", { ecc: "medium", border: 2 }), [link]);
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      width={SIDE}
      height={SIDE}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      data-link={link}
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
