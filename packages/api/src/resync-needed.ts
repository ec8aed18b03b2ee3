/** Thrown to a subscriber that can't be given every event any more: it takes a new snapshot and begins there. */
export class ResyncNeeded extends Error {
  override readonly name = "ResyncNeeded";
}
