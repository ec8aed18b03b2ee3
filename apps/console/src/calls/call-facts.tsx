/** What is known of a call, to be read, followed and copied. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { CopyButton } from "../components/copy-button.tsx";
import { Fact, Facts } from "../components/facts.tsx";
import { PhoneText } from "../components/phone-text.tsx";
import { TimeText } from "../components/time-text.tsx";
import { formatDuration } from "../format/duration.ts";
import { AgentLink } from "../links/agent-link.tsx";
import { GroupLink } from "../links/group-link.tsx";
import { RuleLink } from "../links/rule-link.tsx";

/** As it is recorded, or as it is on the line. */
type Call = LiveCall | CallRecord;

const Copied = ({ text, what }: { text: string; what: string }) => (
  <span className="flex min-w-0 items-baseline gap-1">
    <span className="num truncate" title={text}>
      {text}
    </span>
    <CopyButton text={text} what={what} />
  </span>
);

const None = () => <span className="text-ink-3">None</span>;
const Deleted = () => <span className="text-ink-3">Deleted since</span>;

const Rule = ({ call: { ruleId, rulePattern, direction } }: { call: Call }) => {
  if (ruleId === null) return <None />;
  return rulePattern === null ? <Deleted /> : <RuleLink id={ruleId} pattern={rulePattern} direction={direction} />;
};

const Group = ({ call: { groupId, groupName } }: { call: Call }) => {
  if (groupId === null) return <None />;
  return groupName === null ? <Deleted /> : <GroupLink id={groupId} name={groupName} />;
};

const Agent = ({ call: { agentId, agentName } }: { call: Call }) => {
  if (agentId === null) return <None />;
  return agentName === null ? <Deleted /> : <AgentLink id={agentId} name={agentName} />;
};

const Moment = ({ name, at }: { name: string; at: string | null }) =>
  at === null ? null : (
    <Fact name={name}>
      <TimeText at={at} />
    </Fact>
  );

const Seconds = ({ name, seconds }: { name: string; seconds: number | null }) =>
  seconds === null ? null : (
    <Fact name={name}>
      <span className="num">{formatDuration(seconds)}</span>
    </Fact>
  );

export const CallFacts = ({ call }: { call: Call }) => (
  <Facts>
    <Fact name="From">
      <PhoneText number={call.from} isCopied />
    </Fact>
    <Fact name="To">
      <PhoneText number={call.to} isCopied />
    </Fact>
    <Fact name="Direction">{call.direction === "inbound" ? "Inbound" : "Outbound"}</Fact>
    <Fact name="Rule">
      <Rule call={call} />
    </Fact>
    <Fact name="Group">
      <Group call={call} />
    </Fact>
    <Fact name="Agent">
      <Agent call={call} />
    </Fact>
    <Moment name="Started" at={call.startedAt} />
    <Moment name="Answered" at={call.answeredAt} />
    <Moment name="Ended" at={call.endedAt} />
    <Seconds name="Ringing" seconds={"ringSeconds" in call ? call.ringSeconds : null} />
    <Seconds name="Talk" seconds={"durationSeconds" in call ? call.durationSeconds : null} />
    <Fact name="Call">
      <Copied text={call.id} what="the call's id" />
    </Fact>
    <Fact name="Session">
      <Copied text={call.session} what="the session's id" />
    </Fact>
  </Facts>
);
