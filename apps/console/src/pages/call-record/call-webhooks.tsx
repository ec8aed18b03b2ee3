/** Everything Cloudonix sent about one call, as it came. */
import { trpc } from "../../api/trpc.ts";
import type { WebhookEvent } from "../../api/answers.ts";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { formatClock, formatUtc } from "../../format/time.ts";
import { Exchange } from "../../webhooks/exchange.tsx";
import { kindWords, tookWords } from "../../webhooks/webhook-words.ts";

/** Far more than a call has. */
const most = 200;

const Event = ({ event }: { event: WebhookEvent }) => (
  <li className="border-b border-line last:border-b-0">
    <details>
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 py-2 hover:bg-sunken">
        <time dateTime={event.receivedAt} title={formatUtc(event.receivedAt)} className="num text-ink-3">
          {formatClock(event.receivedAt)}
        </time>
        <span className="font-[550]">{kindWords[event.kind]}</span>
        <span className="text-ink-2">{event.outcome}</span>
        {event.tookMs !== null && <span className="num text-ink-3">{tookWords(event.tookMs)}</span>}
      </summary>
      <div className="pb-3 sm:pl-6">
        <Exchange event={event} />
      </div>
    </details>
  </li>
);

/** `isOpen`: the call goes on, and more will come. */
export const CallWebhooks = ({ callId, isOpen, readAgainMs }: { callId: string; isOpen: boolean; readAgainMs: number }) => {
  const read = trpc.webhookEvents.list.useQuery({ callId, limit: most }, { refetchInterval: isOpen ? readAgainMs : false });
  if (read.data === undefined) {
    if (read.error === null) return <LoadingRows rows={3} />;
    return <NotLoaded what="The webhooks of this call" error={read.error} onRetry={() => void read.refetch()} />;
  }
  if (read.data.items.length === 0) return <p className="text-ink-3">None is kept of this call.</p>;
  return (
    <ol>
      {read.data.items.toReversed().map((event) => (
        <Event key={event.id} event={event} />
      ))}
    </ol>
  );
};
