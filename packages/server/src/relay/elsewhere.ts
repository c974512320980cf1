import type { Role, SocketClose } from "@copane/protocol";

/** The server that decides a session, when it is not this one. */
export interface Place {
  readonly server: string;
  readonly sessionId: string;
}

/** A participant's socket, as the server sees it that decides the session and does not hold the socket. */
export interface CarriedEnd {
  /** Bytes accepted that the network has not taken yet. */
  readonly buffered: number;
  down(data: string | Uint8Array): void;
  close(code: SocketClose, reason: string): void;
}

/** The way of a socket to the server that decides its session. */
export interface Carriage {
  up(data: string | Uint8Array): void;
  /** The socket is gone. */
  end(): void;
}

/** Sessions that other servers decide. */
export interface Elsewhere {
  /**
   * Where the session of a token is decided; undefined when it is here, or when nobody knows the token. Takes it up
   * where its server is no more. Rejects with CataloguedError when that cannot be known now.
   */
  find(token: string, role: Role): Promise<Place | undefined>;
  carry(place: Place, role: Role, socket: CarriedEnd): Carriage;
}
