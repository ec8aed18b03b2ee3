/** One webhook whole: the fields that were sent and are kept, and our answer. */
import type { WebhookEvent } from "../api/answers.ts";
import { FieldList } from "./field-list.tsx";
import { tookWords } from "./webhook-words.ts";

export const Exchange = ({ event }: { event: WebhookEvent }) => (
  <div className="grid gap-3">
    <section aria-label="What was sent">
      <h3 className="text-xs font-medium text-ink-3">What was sent</h3>
      {event.refused ? <p className="py-1 text-ink-2">It was refused, so nothing it said is kept.</p> : <FieldList fields={event.fields} />}
    </section>
    <section aria-label="What was answered">
      <h3 className="text-xs font-medium text-ink-3">What was answered</h3>
      <p className="py-1">
        {event.outcome} · <span className="num">{event.status}</span>
        {event.tookMs !== null && (
          <>
            {" "}
            · <span className="num">{tookWords(event.tookMs)}</span>
          </>
        )}
      </p>
      {event.answer !== null && <FieldList fields={event.answer} />}
    </section>
  </div>
);
