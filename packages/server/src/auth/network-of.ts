import ipaddr from "ipaddr.js";

/** A network that answers for what comes from it. */
export interface Network {
  /** `192.0.2.7`, `2001:db8:1:2::/64`. */
  name: string;
  /** How many times the allowance of one address it has. */
  times: number;
}

/** A site of /48 has 65,536 networks of /64; all of them together get no more than so many. */
const TIMES_OF_A_SITE = 5;

/**
 * The networks that an address counts for, the narrowest first. One host has a whole /64 of IPv6 to choose addresses
 * from, and often a /48 of such networks. IPv4 in IPv6's clothes (`::ffff:192.0.2.7`) is IPv4.
 */
export function networksOf(address: string): readonly Network[] {
  if (!ipaddr.isValid(address)) return [{ name: address, times: 1 }];
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return [{ name: parsed.toString(), times: 1 }];
  const prefix = (groups: number) =>
    `${parsed.parts
      .slice(0, groups)
      .map((part) => part.toString(16))
      .join(":")}::/${groups * 16}`;
  return [
    { name: prefix(4), times: 1 },
    { name: prefix(3), times: TIMES_OF_A_SITE },
  ];
}
