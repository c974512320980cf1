import { BlockList, isIP } from "node:net";

/** Networks wider than these take in people whom nobody has listed. */
const WIDEST = { 4: 8, 6: 32 } as const;

interface Network {
  address: string;
  prefix: number;
  family: 4 | 6;
}

/** Addresses and networks (`10.1.0.0/16`, `2001:db8::/48`, `127.0.0.1`), to look addresses up in. */
export class Networks {
  readonly #list = new BlockList();

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const network = parse(entry);
      if (network) this.#list.addSubnet(network.address, network.prefix, `ipv${network.family}`);
    }
  }

  has(address: string | undefined): boolean {
    if (address === undefined) return false;
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
    const family = isIP(plain);
    return family !== 0 && this.#list.check(plain, family === 4 ? "ipv4" : "ipv6");
  }
}

/** Why an entry cannot be a list of known machines; undefined for one that can. */
export function networkProblem(entry: string): string | undefined {
  const network = parse(entry);
  if (!network) return `"${entry}" is not an address or a network like 10.1.0.0/16`;
  const widest = WIDEST[network.family];
  if (network.prefix < widest) return `"${entry}" is wider than /${widest}: anyone could be in it`;
  return undefined;
}

function parse(entry: string): Network | undefined {
  const [address = "", length, ...rest] = entry.split("/");
  const family = isIP(address);
  if ((family !== 4 && family !== 6) || rest.length > 0) return undefined;
  const most = family === 4 ? 32 : 128;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = length === undefined ? most : Number(length);
  return prefix <= most ? { address, prefix, family } : undefined;
}
