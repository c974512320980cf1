import { expect, test } from "vitest";
import { decodePacket, encodePacket, encodeParcel, type Parcel } from "./packet.ts";

const parcels: Parcel[] = [
  { kind: "json", value: { q: 7, name: "Grüße" } },
  { kind: "up", socket: 4_000_000_000, data: "text ÄÖ" },
  { kind: "up", socket: 1, data: new Uint8Array([1, 2, 3]) },
  { kind: "down", sockets: [1, 2, 70_000], data: new Uint8Array([0, 255]) },
  { kind: "down", sockets: [9], data: "" },
];

const packet = () => encodePacket("host.äb12", 42, parcels.map(encodeParcel));

test("a packet is read as it was written", () => {
  const { from, number, parcels: read } = decodePacket(packet());
  expect({ from, number }).toEqual({ from: "host.äb12", number: 42 });
  const plain = (list: Parcel[]) =>
    list.map((one) =>
      "data" in one && typeof one.data !== "string" ? { ...one, data: [...one.data] } : one,
    );
  expect(plain(read)).toEqual(plain(parcels));
});

test("what is cut off or no packet at all is refused", () => {
  const whole = packet();
  for (let length = 1; length < whole.length; length++) {
    const cut = whole.subarray(0, length);
    try {
      // Cut between two parcels it is a shorter packet.
      expect(decodePacket(cut).parcels.length).toBeLessThan(parcels.length);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
  }
  expect(() => decodePacket(Buffer.from([0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0]))).toThrow("kind 9");
});
