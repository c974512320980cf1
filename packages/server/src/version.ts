/** Version of the server, told by `server/status`. */
export const version = "0.1.0";
