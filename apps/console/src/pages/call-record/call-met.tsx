/** The rules that a call passed over and the agents it could have gone to, where the configuration of then is still known. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import type { CallDecision } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { Phrase } from "../../components/phrase.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { phraseOfPattern, phraseOfPrefix } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { AgentLink } from "../../links/agent-link.tsx";

type Passed = NonNullable<CallDecision["passedOver"]>[number];
type Candidate = NonNullable<CallDecision["candidates"]>[number];

const row = "flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line py-1.5 first:border-t-0";

const PassedRule = ({ rule, isInbound }: { rule: Passed; isInbound: boolean }) => {
  const country = useCountry();
  return (
    <li className={row}>
      <span className="min-w-0">
        <Phrase phrase={isInbound ? phraseOfPattern(rule.called ?? "*", country) : phraseOfPrefix(rule.called, country)} isCapital />
      </span>
      <span className="text-ink-2">{rule.why}</span>
    </li>
  );
};

const fateOf = ({ step, result, enabled }: Candidate): string => {
  if (step !== null) return result === null ? `Dialled, step ${step}` : `Dialled, step ${step}: ${result}`;
  return enabled ? "Not dialled" : "Not dialled: disabled";
};

const Version = ({ configuration: { version, current, isUnchanged, changedAt } }: { configuration: CallDecision["configuration"] }) => {
  if (isUnchanged) return <p className="text-ink-2">Decided by configuration version {version}, which is still in force.</p>;
  return (
    <p className="text-ink-2">
      {version === null
        ? "It is older than the record of configuration changes."
        : `Decided by configuration version ${version}; now it is ${current}.`}{" "}
      {changedAt !== null && (
        <>
          The first change came <TimeText at={changedAt} />.{" "}
        </>
      )}
      What it met is not told by rules that may be others now: the simulator says where it would go today.
    </p>
  );
};

const Heading = ({ children }: { children: string }) => <h3 className="mt-3 text-xs font-[550] text-ink-3">{children}</h3>;

const Met = ({ decision, isInbound }: { decision: CallDecision; isInbound: boolean }) => (
  <>
    <Version configuration={decision.configuration} />
    {decision.passedOver !== null && (
      <>
        <Heading>Rules passed over</Heading>
        {decision.passedOver.length === 0 && <p className="text-ink-3">No other rule is about this number.</p>}
        <ul>
          {decision.passedOver.map((rule) => (
            <PassedRule key={rule.ruleId} rule={rule} isInbound={isInbound} />
          ))}
        </ul>
      </>
    )}
    {decision.candidates !== null && decision.candidates.length > 0 && (
      <>
        <Heading>Agents it could have gone to</Heading>
        <ul>
          {decision.candidates.map((each) => (
            <li key={each.agentId} className={row}>
              <AgentLink id={each.agentId} name={each.name} />
              <span className="text-ink-2">{fateOf(each)}</span>
            </li>
          ))}
        </ul>
        <p className="mt-1 text-xs text-ink-3">How busy and how healthy each was at that moment is not recorded.</p>
      </>
    )}
  </>
);

/** A dial more may have come. */
const readAgainMs = 5_000;

export const CallMet = ({ record }: { record: CallRecord }) => {
  const read = trpc.callRecords.decision.useQuery(
    { id: record.id },
    { staleTime: 60_000, refetchInterval: record.endedAt === null ? readAgainMs : false },
  );
  if (read.data !== undefined) return <Met decision={read.data} isInbound={record.direction === "inbound"} />;
  return read.error === null ? (
    <LoadingRows rows={2} />
  ) : (
    <NotLoaded what="What it met" error={read.error} onRetry={() => void read.refetch()} />
  );
};
