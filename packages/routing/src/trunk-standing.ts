/** Whether calls can leave over a trunk, as far as the platform's own list of trunks tells. */

/** `direction` in the platform's word, null when it says none. */
export type KnownTrunk = { name: string; direction: string | null; isActive: boolean };

export type TrunkStanding = "usable" | "unknown" | "inactive" | "inbound_only";

/** Created ones come back as `public-inbound` and `public-outbound`. */
const takesCallsInOnly = (direction: string | null): boolean => direction !== null && /(^|-)inbound$/i.test(direction);

export const trunkStanding = (known: readonly KnownTrunk[], name: string): TrunkStanding => {
  const trunk = known.find((each) => each.name === name);
  if (trunk === undefined) return "unknown";
  if (!trunk.isActive) return "inactive";
  return takesCallsInOnly(trunk.direction) ? "inbound_only" : "usable";
};
