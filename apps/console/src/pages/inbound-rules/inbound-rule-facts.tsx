/** An inbound rule for who may read it and not change it. */
import type { InboundRule } from "../../api/answers.ts";
import { Fact, Facts } from "../../components/facts.tsx";
import { Phrase } from "../../components/phrase.tsx";
import { useFallbackWords } from "../../format/fallback-words.ts";
import { phraseOfPattern } from "../../format/pattern-words.ts";
import { TargetLink } from "./target-link.tsx";

export const InboundRuleFacts = ({ rule, country }: { rule: InboundRule; country: string | null }) => {
  const fallback = useFallbackWords(rule.fallback, "rule");
  return (
    <Facts>
      <Fact name="Called number">
        <Phrase phrase={phraseOfPattern(rule.pattern, country)} isCapital />
      </Fact>
      <Fact name="Caller">
        {rule.callerPattern === null ? "Everybody" : <Phrase phrase={phraseOfPattern(rule.callerPattern, country)} isCapital />}
      </Fact>
      <Fact name="Goes to">
        <TargetLink rule={rule} />
      </Fact>
      <Fact name="Priority">{rule.priority}</Fact>
      <Fact name="State">{rule.enabled ? "Enabled" : "Disabled: no call tries it"}</Fact>
      <Fact name="When nobody can take a call">{fallback}</Fact>
    </Facts>
  );
};
