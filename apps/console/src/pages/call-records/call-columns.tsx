/** The columns of the list of calls. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { Link } from "@tanstack/react-router";
import { CallMarks } from "../../calls/call-marks.tsx";
import { useCurrentCall } from "../../calls/use-current-call.ts";
import { Badge } from "../../components/badge.tsx";
import type { Column } from "../../components/data-table.tsx";
import { PhoneText } from "../../components/phone-text.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { formatDuration } from "../../format/duration.ts";
import { reasonWords } from "../../format/reason-words.ts";
import { CallDuration } from "../../live/call-duration.tsx";
import { stateWords } from "../../live/call-words.ts";

const Nothing = () => <span className="text-ink-3">–</span>;

const Text = ({ text }: { text: string | null }) =>
  text === null ? (
    <Nothing />
  ) : (
    <span className="block truncate" title={text}>
      {text}
    </span>
  );

const State = ({ call }: { call: CallRecord }) => {
  const { live, record } = useCurrentCall(call);
  const { word, tone } = stateWords[(live ?? record).state];
  return (
    <span className="flex flex-wrap items-center gap-1">
      <Badge tone={tone}>{word}</Badge>
      <CallMarks call={record} />
    </span>
  );
};

const Reason = ({ call }: { call: CallRecord }) => {
  const { live, record } = useCurrentCall(call);
  const reason = live === null ? record.reason : live.reason;
  if (reason === null || (reason === "matched" && record.endedAt === null)) return <Nothing />;
  return (
    <span className={`block truncate ${reason === "matched" ? "text-ink-2" : ""}`} title={reasonWords[reason]}>
      {reasonWords[reason]}
    </span>
  );
};

const Agent = ({ call }: { call: CallRecord }) => {
  const { live, record } = useCurrentCall(call);
  return <Text text={live?.agentName ?? record.agentName ?? record.agentId} />;
};

const Duration = ({ call }: { call: CallRecord }) => {
  const { live, record } = useCurrentCall(call);
  if (live !== null && live.answeredAt !== null) return <CallDuration call={live} frozenAt={null} />;
  return record.durationSeconds === null ? <Nothing /> : formatDuration(record.durationSeconds);
};

const Ring = ({ call }: { call: CallRecord }) => {
  const { record } = useCurrentCall(call);
  return record.ringSeconds === null ? <Nothing /> : formatDuration(record.ringSeconds);
};

const Started = ({ call }: { call: CallRecord }) => (
  <Link to="/calls/$callId" params={{ callId: call.id }} className="whitespace-nowrap after:absolute after:inset-0">
    <TimeText at={call.startedAt} />
  </Link>
);

export const callColumns: readonly Column<CallRecord>[] = [
  { id: "started", header: "Started", width: "178px", isUnnamedInCard: true, cell: (call) => <Started call={call} /> },
  { id: "from", header: "From", width: "minmax(136px,1.2fr)", cell: ({ from }) => <PhoneText number={from} /> },
  { id: "to", header: "To", width: "minmax(136px,1.2fr)", cell: ({ to }) => <PhoneText number={to} /> },
  { id: "state", header: "State", width: "minmax(112px,1fr)", cell: (call) => <State call={call} /> },
  { id: "reason", header: "Reason", width: "minmax(120px,1.5fr)", cell: (call) => <Reason call={call} /> },
  { id: "agent", header: "Agent", width: "minmax(100px,1.2fr)", cell: (call) => <Agent call={call} /> },
  {
    ...{ id: "group", header: "Group", width: "minmax(90px,1fr)" },
    cell: ({ groupName, groupId }) => <Text text={groupName ?? groupId} />,
  },
  {
    ...{ id: "rule", header: "Rule", width: "minmax(90px,1fr)" },
    cell: ({ rulePattern, ruleId }) => <Text text={rulePattern ?? ruleId} />,
  },
  {
    ...{ id: "direction", header: "Direction", width: "76px" },
    cell: ({ direction }) => (direction === "inbound" ? "Inbound" : "Outbound"),
  },
  { id: "ring", header: "Ringing", width: "60px", isNumber: true, cell: (call) => <Ring call={call} /> },
  { id: "duration", header: "Talk", width: "60px", isNumber: true, cell: (call) => <Duration call={call} /> },
];

/** Put away until somebody wants them. */
export const usuallyHidden = ["group", "rule", "direction"];

/** Without it there is no way into a call. */
export const alwaysShown = "started";
