/** Why a call went as it did, in sentences, and what to do about it where it did not go well. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { reasonText } from "@switchboard/routing/reason-text";
import { useFallbackWords } from "../format/fallback-words.ts";
import { storyOf } from "./story.ts";

export const CallStory = ({ record }: { record: CallRecord }) => {
  const fallback = useFallbackWords(record.fallbackUsed, "tenant");
  const { text, advice } = reasonText(record.reason);
  const isWell = record.reason === "matched";
  return (
    <div className="grid gap-3">
      <p className="max-w-[68ch] leading-6">{storyOf(record, fallback).join(" ")}</p>
      {!isWell && (
        <dl className="grid gap-2 rounded-md bg-sunken px-3 py-2.5 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-x-4">
          <dt className="font-[550]">Why</dt>
          <dd>{text}</dd>
          <dt className="font-[550]">What to do</dt>
          <dd>{advice}</dd>
        </dl>
      )}
      {record.degraded && (
        <p className="text-ink-2">Decided without the live store, from what the server remembered: shares and capacity may be off.</p>
      )}
      {record.test && <p className="text-ink-2">A test call: it counts in no figure, and nobody's health.</p>}
    </div>
  );
};
