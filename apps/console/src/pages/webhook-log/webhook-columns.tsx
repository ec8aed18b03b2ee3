/** The columns of the webhook log. */
import { Link } from "@tanstack/react-router";
import type { WebhookEvent } from "../../api/answers.ts";
import type { Column } from "../../components/data-table.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { linkLook } from "../../links/link-look.ts";
import { kindWords, tookWords } from "../../webhooks/webhook-words.ts";

const Received = ({ event }: { event: WebhookEvent }) => (
  <Link
    from="/webhook-log"
    to="/webhook-log"
    search={(before) => ({ ...before, event: event.id })}
    resetScroll={false}
    className="whitespace-nowrap after:absolute after:inset-0"
  >
    <TimeText at={event.receivedAt} />
  </Link>
);

const Call = ({ callId }: { callId: string | null }) =>
  callId === null ? (
    <span className="text-ink-3">Not known</span>
  ) : (
    <Link to="/calls/$callId" params={{ callId }} className={`num relative z-10 block truncate ${linkLook}`}>
      {callId}
    </Link>
  );

const Answer = ({ event: { outcome, refused, times } }: { event: WebhookEvent }) => (
  <span className="flex min-w-0 items-center gap-2">
    <span className={`min-w-0 truncate ${refused ? "text-bad" : ""}`} title={outcome}>
      {outcome}
    </span>
    {times > 1 && <span className="num whitespace-nowrap text-ink-3">× {times.toLocaleString()}</span>}
  </span>
);

export const webhookColumns: readonly Column<WebhookEvent>[] = [
  { id: "received", header: "Received", width: "178px", isUnnamedInCard: true, cell: (event) => <Received event={event} /> },
  { id: "kind", header: "What", width: "minmax(120px,1fr)", cell: ({ kind }) => kindWords[kind] },
  { id: "call", header: "Call", width: "minmax(120px,1.2fr)", cell: ({ callId }) => <Call callId={callId} /> },
  { id: "answer", header: "Answer", width: "minmax(150px,2fr)", cell: (event) => <Answer event={event} /> },
  { id: "status", header: "Status", width: "60px", isNumber: true, cell: ({ status }) => status },
  {
    ...{ id: "took", header: "Took", width: "76px", isNumber: true },
    cell: ({ tookMs }) => tookWords(tookMs) ?? <span className="text-ink-3">–</span>,
  },
];
