/** Why a subscriber is sent away from the live events, to come again. */

/** It can't be given every event any more: it takes a new snapshot and begins there. */
export class ResyncNeeded extends Error {
  override readonly name = "ResyncNeeded";
}

/** The journal does not answer. */
export class LiveInterrupted extends Error {
  override readonly name = "LiveInterrupted";
}
