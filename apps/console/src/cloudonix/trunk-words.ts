/** A trunk that Cloudonix knows, and what stands against one that a rule names, in words. */
import { type KnownTrunk, trunkStanding } from "@switchboard/routing/trunk-standing";

export type ToldTrunk = KnownTrunk & { id: string; transport: string | null; address: string | null };

const doubts = {
  unknown: "Cloudonix knows no trunk of this name.",
  inactive: "Switched off at Cloudonix.",
  inbound_only: "Takes calls in only.",
} as const;

/** `trunks` null: Cloudonix has never told any. Null: nothing to say against it. */
export const doubtAbout = (trunks: readonly ToldTrunk[] | null, name: string): string | null => {
  if (trunks === null || name.trim() === "") return null;
  const standing = trunkStanding(trunks, name.trim());
  return standing === "usable" ? null : doubts[standing];
};

/** `out · udp · 203.0.113.4:5060`, and what stands against it. */
export const trunkWords = (trunk: ToldTrunk): string => {
  const standing = trunkStanding([trunk], trunk.name);
  const state = standing === "inactive" ? "switched off" : standing === "inbound_only" ? "calls in only" : "calls out";
  return [state, trunk.transport, trunk.address].filter((part) => part !== null && part !== "").join(" · ");
};
