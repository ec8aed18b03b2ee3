/** What the platform's own list of trunks says against those of a rule, in words. */
import { type TrunkStanding, trunkStanding } from "@switchboard/routing/trunk-standing";
import type { TrunkList } from "./schemas/cloudonix.ts";
import type { OutboundWarning } from "./schemas/warning.ts";

const words: Record<Exclude<TrunkStanding, "usable">, { code: OutboundWarning["code"]; say: (names: string) => string }> = {
  unknown: { code: "unknown_trunk", say: (names) => `Cloudonix knows no trunk ${names}: no call can leave over it.` },
  inactive: { code: "unusable_trunk", say: (names) => `Cloudonix has ${names} switched off: no call can leave over it.` },
  inbound_only: { code: "unusable_trunk", say: (names) => `At Cloudonix ${names} takes calls in only: none can leave over it.` },
};
const standings = ["unknown", "inactive", "inbound_only"] as const;

/** None while Cloudonix has never told its trunks: they are typed by people who may know better. */
export const trunkWarnings = (known: TrunkList | null, trunks: readonly string[]): OutboundWarning[] => {
  if (known === null || known.readAt === null) return [];
  return standings.flatMap((standing) => {
    const names = [...new Set(trunks)].filter((name) => trunkStanding(known.items, name) === standing);
    if (names.length === 0) return [];
    const { code, say } = words[standing];
    return [{ code, message: say(names.map((name) => `“${name}”`).join(" or ")) }];
  });
};
