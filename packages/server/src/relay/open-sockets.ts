/** The networks that answer for a socket, each with how many times the bound of one address it has. */
export type SocketNetworks = readonly { name: string; times: number }[];

/** A socket's place in the count of its networks. */
export interface Place {
  /** It counts no more; may be called more than once. */
  free(): void;
}

/** How many sockets each network has open. Those of agents whose token is known do not count. */
export class OpenSockets {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Undefined: the networks have as many sockets as they may. */
  open(networks: SocketNetworks): Place | undefined {
    for (const { name, times } of networks)
      if ((this.#counts.get(name) ?? 0) >= this.#most * times) return undefined;
    for (const { name } of networks) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    let free = false;
    return {
      free: () => {
        if (free) return;
        free = true;
        for (const { name } of networks) this.#close(name);
      },
    };
  }

  #close(name: string): void {
    const others = (this.#counts.get(name) ?? 1) - 1;
    if (others > 0) this.#counts.set(name, others);
    else this.#counts.delete(name);
  }
}
