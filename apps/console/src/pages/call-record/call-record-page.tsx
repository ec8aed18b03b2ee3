/** One call: how it stands, why it went as it did and what to do about it, who was tried, and everything that was said about it. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { isNotFound } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { CallFacts } from "../../calls/call-facts.tsx";
import { CallMarks } from "../../calls/call-marks.tsx";
import { CallStory } from "../../calls/call-story.tsx";
import { Badge } from "../../components/badge.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { NotThere } from "../../components/not-there.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Trail } from "../../components/trail.tsx";
import { usePhoneFormat } from "../../format/phone.ts";
import { linkLook } from "../../links/link-look.ts";
import { CallDuration } from "../../live/call-duration.tsx";
import { stateWords } from "../../live/call-words.ts";
import { Timeline } from "../../live/timeline.tsx";
import { useLive } from "../../live/use-live.ts";
import { AttemptBars } from "./attempt-bars.tsx";
import { CallMet } from "./call-met.tsx";
import { CallWebhooks } from "./call-webhooks.tsx";
import { SimulateLink } from "./simulate-link.tsx";

const route = getRouteApi("/calls/$callId");

/** The record follows the call within two seconds. */
const readAgainMs = 2_000;
/** What comes after the end, a CDR above all, comes soon. */
const restlessMs = 60_000;

const isRestless = (record: CallRecord | undefined): boolean =>
  record !== undefined && (record.endedAt === null || Date.now() - Date.parse(record.endedAt) < restlessMs);

const Up = () => (
  <Trail>
    <Link to="/calls">Call records</Link>
  </Trail>
);

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="border-t border-line pt-4">
    <h2 className="mb-2 font-semibold">{title}</h2>
    {children}
  </section>
);

const Body = ({ record, isOpen }: { record: CallRecord; isOpen: boolean }) => (
  <div className="grid items-start gap-x-10 gap-y-6 min-[1020px]:grid-cols-[minmax(0,1fr)_320px]">
    <div className="grid min-w-0 gap-6">
      <CallStory record={record} />
      <Part title="Who was dialled">
        <AttemptBars record={record} />
      </Part>
      <Part title="What it met">
        <CallMet record={record} />
      </Part>
      <Part title="What happened">
        <Timeline record={record} />
      </Part>
      <Part title="What Cloudonix sent">
        <CallWebhooks callId={record.id} isOpen={isOpen} readAgainMs={readAgainMs} />
      </Part>
    </div>
    <aside aria-label="Facts" className="rounded-lg border border-line bg-panel px-4 py-2">
      <CallFacts call={record} />
    </aside>
  </div>
);

const Call = ({ record }: { record: CallRecord }) => {
  const format = usePhoneFormat();
  const live = useLive(({ calls }) => (record.endedAt === null ? (calls?.find(({ id }) => id === record.id) ?? null) : null));
  const { word, tone } = stateWords[(live ?? record).state];
  const title = `${format(record.from)} → ${format(record.to)}`;
  return (
    <>
      <Up />
      <PageHead
        title={title}
        tab={`${title} · call`}
        beside={
          <span className="flex flex-wrap items-center gap-1.5">
            <Badge tone={tone}>{word}</Badge>
            <CallMarks call={record} />
            {record.endedAt === null && <CallDuration call={live ?? record} frozenAt={null} />}
          </span>
        }
      >
        <SimulateLink record={record} />
      </PageHead>
      <Body record={record} isOpen={isRestless(record)} />
    </>
  );
};

/** A call that has just begun is on the line before it is written down. */
const useCall = (callId: string) => {
  const isLive = useLive(({ calls }) => calls?.some(({ id }) => id === callId) ?? false);
  const read = trpc.callRecords.get.useQuery(
    { id: callId },
    { refetchInterval: ({ state }) => (isRestless(state.data) || (state.data === undefined && isLive) ? readAgainMs : false) },
  );
  return { read, isLive };
};

export const CallRecordPage = () => {
  const { callId } = route.useParams();
  const { read, isLive } = useCall(callId);
  if (read.data !== undefined) return <Call key={callId} record={read.data} />;
  if (isNotFound(read.error)) {
    if (isLive) {
      return (
        <>
          <Up />
          <PageHead title="Call" />
          <p role="status">Being written down. It shows here in a moment.</p>
        </>
      );
    }
    return (
      <NotThere what="call">
        <Link to="/calls" className={linkLook}>
          Go to the call records
        </Link>
      </NotThere>
    );
  }
  return (
    <>
      <Up />
      <PageHead title="Call" />
      {read.error === null ? <LoadingRows /> : <NotLoaded what="The call" error={read.error} onRetry={() => void read.refetch()} />}
    </>
  );
};
