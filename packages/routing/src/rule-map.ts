/** Rules by their id, packed: fifty thousand of them cost the garbage collector nothing. */
import { type RuleId, ruleId } from "./ids.ts";
import { createPackedTexts } from "./packed-texts.ts";
import { createPackedMap, type PackedMap, type Packing } from "./packed-map.ts";

export type RuleMap<Rule> = PackedMap<RuleId, Rule>;

/** The text is our own, so that its shape is only told apart here. */
const isRule = <Rule>(value: unknown): value is Rule => typeof value === "object" && value !== null;

const readRule = <Rule>(text: string): Rule => {
  const value: unknown = JSON.parse(text);
  if (!isRule<Rule>(value)) throw new Error("A packed rule is none");
  return value;
};

const packingOf = <Rule>(): Packing<RuleId, Rule> => ({ keyOf: ruleId, pack: (rule) => JSON.stringify(rule), unpack: readRule<Rule> });

export const createRuleMap = <Rule extends { id: RuleId }>(rules: Iterable<Rule> = []): RuleMap<Rule> => {
  const map = createPackedMap<RuleId, Rule>(packingOf<Rule>());
  for (const rule of rules) map.set(rule.id, rule);
  return map;
};

/** Takes the rules as they are read, one after the other. */
export type RuleReading<Rule> = { take: (rule: Rule) => void; end: () => RuleMap<Rule> };

/** What is read is packed. */
const firstReading = <Rule extends { id: RuleId }>(): RuleReading<Rule> => {
  const map = createRuleMap<Rule>();
  return { take: (rule) => void map.set(rule.id, rule), end: () => map };
};

/** Of rules that are known already only what has changed is kept: reading them again costs nobody memory. */
const laterReading = <Rule extends { id: RuleId }>(known: RuleMap<Rule>): RuleReading<Rule> => {
  const packing = packingOf<Rule>();
  const seen = createPackedTexts();
  const map = known.asPacked();
  return {
    take: (rule) => {
      seen.add(rule.id, "");
      if (map.textOf(rule.id) !== packing.pack(rule)) map.set(rule.id, rule);
    },
    end: () => {
      if (seen.size < map.size) for (const id of map.keys()) if (seen.find(id) < 0) map.delete(id);
      return map;
    },
  };
};

/** `known` are the rules as they were read before; they stay as they are. */
export const readRules = <Rule extends { id: RuleId }>(known: RuleMap<Rule> | undefined): RuleReading<Rule> =>
  known === undefined || known.size === 0 ? firstReading<Rule>() : laterReading(known);

/** In an index most places hold one rule: its id alone is packed there, whatever else is filed stays as it is. */
export const packedIds = <Other extends object>(): Packing<string, RuleId | Other> => ({
  keyOf: (name) => name,
  pack: (filed) => (typeof filed === "string" ? filed : null),
  unpack: ruleId,
});
