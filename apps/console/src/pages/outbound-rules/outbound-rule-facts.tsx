/** An outbound rule for who may read it and not change it. */
import type { OutboundRule } from "../../api/answers.ts";
import { Fact, Facts } from "../../components/facts.tsx";
import { Phrase } from "../../components/phrase.tsx";
import { PhoneText } from "../../components/phone-text.tsx";
import { phraseOfPrefix } from "../../format/pattern-words.ts";

const seconds = (value: number | undefined, builtIn: string): string => (value === undefined ? builtIn : `${value} seconds`);

export const OutboundRuleFacts = ({ rule, country }: { rule: OutboundRule; country: string | null }) => {
  const { trunks, callerId, timeoutSeconds, timeLimitSeconds } = rule.trunkConfig;
  return (
    <Facts>
      <Fact name="Destination">
        <Phrase phrase={phraseOfPrefix(rule.prefix, country)} isCapital />
      </Fact>
      <Fact name="Caller">
        <Phrase phrase={phraseOfPrefix(rule.callerIdPrefix, country, "everybody")} isCapital />
      </Fact>
      <Fact name="Trunks">{trunks.join(", then ")}</Fact>
      <Fact name="Caller id">{callerId === undefined ? "As it came" : <PhoneText number={callerId} />}</Fact>
      <Fact name="Rings for">{seconds(timeoutSeconds, "30 seconds, as built in")}</Fact>
      <Fact name="Lasts at most">{seconds(timeLimitSeconds, "14,400 seconds, as built in")}</Fact>
      <Fact name="Priority">{rule.priority}</Fact>
      <Fact name="State">{rule.enabled ? "Enabled" : "Disabled: no call tries it"}</Fact>
    </Facts>
  );
};
