/** The agent tried what is out of reach: a masked, blocked or foreign element. */
export class OutOfReachError extends Error {
  override name = "OutOfReachError";
}
