/** One call from its first request on: how it stands, what is known of it, and what happened when. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { failureOf } from "../api/failure.ts";
import { trpc } from "../api/trpc.ts";
import { CallActions } from "../call-actions/call-actions.tsx";
import type { HangUpState } from "../call-actions/use-hanging-up.ts";
import { CallFacts } from "../calls/call-facts.tsx";
import { CallStory } from "../calls/call-story.tsx";
import { Badge } from "../components/badge.tsx";
import { SidePanel } from "../components/side-panel.tsx";
import { usePhoneFormat } from "../format/phone.ts";
import { linkLook } from "../links/link-look.ts";
import { CallDuration } from "./call-duration.tsx";
import { sentenceOf, stateWords } from "./call-words.ts";
import { Timeline } from "./timeline.tsx";

/** The record follows the call within two seconds; while the call is on the line, it is read again as often. */
const readAgainMs = 2_000;

const Standing = ({ call, record, frozenAt }: { call: LiveCall | null; record: CallRecord | undefined; frozenAt: number | null }) => {
  const known = call ?? record;
  if (known === undefined) return null;
  const { word, tone } = stateWords[known.state];
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={tone}>{word}</Badge>
      {known.test && <Badge tone="info">Test</Badge>}
      <CallDuration call={known} frozenAt={frozenAt} />
      {call !== null && <span className="text-ink-2">{sentenceOf(call)}</span>}
    </p>
  );
};

const History = ({ record, error, isLive }: { record: CallRecord | undefined; error: unknown; isLive: boolean }) => {
  if (record?.timeline !== undefined) return <Timeline record={record} />;
  if (error === null) return <p className="appear-late mt-2 text-ink-3">Loading…</p>;
  const failure = failureOf(error);
  if (failure.code === "NOT_FOUND") {
    return (
      <p className="mt-2 text-ink-3">{isLive ? "Being written down. It shows here in a moment." : "There is no record of this call."}</p>
    );
  }
  return (
    <p className="mt-2 text-bad">
      {failure.message} {failure.requestId !== null && <span className="num">Request {failure.requestId}</span>}
    </p>
  );
};

type Props = {
  callId: string;
  call: LiveCall | null;
  frozenAt: number | null;
  hangUpState: HangUpState | undefined;
  onHangUp: (ids: readonly string[]) => void;
  onClose: () => void;
};

export const CallDrawer = ({ callId, call, frozenAt, hangUpState, onHangUp, onClose }: Props) => {
  const format = usePhoneFormat();
  const read = trpc.callRecords.get.useQuery({ id: callId }, { refetchInterval: call === null ? false : readAgainMs });
  const { refetch } = read;
  // Once more when the call has left the list, so that its end is in the record too.
  const isLive = call !== null;
  useEffect(() => {
    if (!isLive) void refetch();
  }, [isLive, refetch]);
  const known = call ?? read.data ?? null;

  return (
    <SidePanel label="Details of the call" onClose={onClose}>
      <h2 className="pr-8 text-base leading-6 font-semibold">{known === null ? "Call" : `${format(known.from)} → ${format(known.to)}`}</h2>
      <Standing call={call} record={read.data} frozenAt={frozenAt} />
      {call !== null && <CallActions call={call} state={hangUpState} onHangUp={onHangUp} />}
      {read.data !== undefined && (
        <div className="mt-3">
          <CallStory record={read.data} />
        </div>
      )}
      <h3 className="mt-4 font-semibold">What happened</h3>
      <History record={read.data} error={read.error} isLive={isLive} />
      {known !== null && (
        <div className="mt-4 border-t border-line pt-2">
          <CallFacts call={known} />
        </div>
      )}
      {read.data !== undefined && (
        <Link to="/calls/$callId" params={{ callId }} className={`mt-3 inline-block ${linkLook}`}>
          Open the record
        </Link>
      )}
    </SidePanel>
  );
};
