/** One line of the webhook log whole. */
import type { WebhookEvent } from "../../api/answers.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { CallLink } from "../../links/call-link.tsx";
import { Exchange } from "../../webhooks/exchange.tsx";
import { kindWords } from "../../webhooks/webhook-words.ts";

export const EventPanel = ({ event, onClose }: { event: WebhookEvent; onClose: () => void }) => (
  <SidePanel label="What arrived" onClose={onClose}>
    <h2 className="pr-8 text-base leading-6 font-semibold">{kindWords[event.kind]}</h2>
    <p className="mt-1 text-ink-2">
      <TimeText at={event.receivedAt} />
      {event.times > 1 && ` · the latest of ${event.times.toLocaleString()} alike within a minute`}
    </p>
    <p className="mt-1 mb-3 flex items-center gap-1">
      {event.callId === null ? (
        <span className="text-ink-3">Its call is not known.</span>
      ) : (
        <>
          <CallLink id={event.callId} /> <CopyButton text={event.callId} what="the call's id" />
        </>
      )}
    </p>
    <Exchange event={event} />
  </SidePanel>
);
