/** Version of this wire protocol; `hello` carries it and the server refuses another major. */
export const PROTOCOL_VERSION = 2;
