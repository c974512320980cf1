import fc from "fast-check";
import { expect, test } from "vitest";
import { networksOf } from "./network-of.ts";

const names = (address: string) => networksOf(address).map(({ name }) => name);

test.each<[string, string[]]>([
  ["192.0.2.7", ["192.0.2.7"]],
  ["::ffff:192.0.2.7", ["192.0.2.7"]],
  ["::FFFF:c000:207", ["192.0.2.7"]],
  ["0:0:0:0:0:ffff:c000:0207", ["192.0.2.7"]],
  ["2001:db8:1:2:3:4:5:6", ["2001:db8:1:2::/64", "2001:db8:1::/48"]],
  ["2001:DB8:1:2::", ["2001:db8:1:2::/64", "2001:db8:1::/48"]],
  ["2001:0db8:0001:0002::9", ["2001:db8:1:2::/64", "2001:db8:1::/48"]],
  ["fe80::1%eth0", ["fe80:0:0:0::/64", "fe80:0:0::/48"]],
  ["::1", ["0:0:0:0::/64", "0:0:0::/48"]],
  ["", [""]],
  ["nonsense", ["nonsense"]],
])("%s counts for %j", (address, expected) => {
  expect(names(address)).toEqual(expected);
});

test("all addresses of a /64 count for the same networks, and those of two /48s for none in common", () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const groups = (n: number) => fc.array(group, { minLength: n, maxLength: n });
  const text = (all: number[]) => all.map((one) => one.toString(16)).join(":");
  fc.assert(
    fc.property(groups(4), groups(4), groups(4), fc.integer({ min: 1, max: 0xffff }), (net, a, b, other) => {
      // Not `::ffff:0:0/96`, which is IPv4.
      const network = [0x2001, ...net.slice(1)];
      expect(names(text([...network, ...a]))).toEqual(names(text([...network, ...b])));
      const elsewhere = [0x2001, net[1] as number, (net[2] as number) ^ other, net[3] as number];
      const common = names(text([...elsewhere, ...a])).filter((name) =>
        names(text([...network, ...a])).includes(name),
      );
      expect(common).toEqual([]);
    }),
  );
});
