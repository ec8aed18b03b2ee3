/** What is known of a call, to be read, followed and copied. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { PhoneText } from "../../components/phone-text.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { formatDuration } from "../../format/duration.ts";
import { AgentLink } from "../../links/agent-link.tsx";
import { GroupLink } from "../../links/group-link.tsx";
import { RuleLink } from "../../links/rule-link.tsx";

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

const Rule = ({ record: { ruleId, rulePattern, direction } }: { record: CallRecord }) => {
  if (ruleId === null) return <None />;
  return rulePattern === null ? <Deleted /> : <RuleLink id={ruleId} pattern={rulePattern} direction={direction} />;
};

const Group = ({ record: { groupId, groupName } }: { record: CallRecord }) => {
  if (groupId === null) return <None />;
  return groupName === null ? <Deleted /> : <GroupLink id={groupId} name={groupName} />;
};

const Agent = ({ record: { agentId, agentName } }: { record: CallRecord }) => {
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

export const RecordFacts = ({ record }: { record: CallRecord }) => (
  <Facts>
    <Fact name="From">
      <PhoneText number={record.from} isCopied />
    </Fact>
    <Fact name="To">
      <PhoneText number={record.to} isCopied />
    </Fact>
    <Fact name="Direction">{record.direction === "inbound" ? "Inbound" : "Outbound"}</Fact>
    <Fact name="Rule">
      <Rule record={record} />
    </Fact>
    <Fact name="Group">
      <Group record={record} />
    </Fact>
    <Fact name="Agent">
      <Agent record={record} />
    </Fact>
    <Moment name="Started" at={record.startedAt} />
    <Moment name="Answered" at={record.answeredAt} />
    <Moment name="Ended" at={record.endedAt} />
    <Seconds name="Ringing" seconds={record.ringSeconds} />
    <Seconds name="Talk" seconds={record.durationSeconds} />
    <Fact name="Call">
      <Copied text={record.id} what="the call's id" />
    </Fact>
    <Fact name="Session">
      <Copied text={record.session} what="the session's id" />
    </Fact>
  </Facts>
);
