/** The receipts: what was erased, when and by whom, how far it is, and how much was changed where. */
import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Erasure } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { counted } from "../../format/number.ts";
import { linkLook } from "../../links/link-look.ts";

const readAgainMs = 2_000;
const shownAtOnce = 10;

const statusWords: Record<Erasure["status"], { word: string; tone: Tone }> = {
  running: { word: "Running", tone: "info" },
  waiting: { word: "Waiting", tone: "ring" },
  done: { word: "Done", tone: "ok" },
};

const storeWords: Record<string, [one: string, many: string]> = {
  callRecords: ["call record", "call records"],
  callEvents: ["timeline entry", "timeline entries"],
  webhookEvents: ["webhook", "webhooks"],
  unmatchedCdrs: ["CDR without a call", "CDRs without a call"],
  deadLetters: ["event that could not be stored", "events that could not be stored"],
  auditLog: ["audit entry", "audit entries"],
  journalArchive: ["piece of the archive", "pieces of the archive"],
  callStates: ["call in the live store", "calls in the live store"],
  localFiles: ["local file", "local files"],
  exports: ["export withdrawn", "exports withdrawn"],
  exportFilters: ["order of an export", "orders of exports"],
};

const changedWords = (changed: Erasure["changed"]): string => {
  const parts = Object.entries(changed).map(([store, count]) => counted(count, ...(storeWords[store] ?? [store, store])));
  return parts.length === 0 ? "Nothing held it." : `${parts.join(", ")}.`;
};

const NamedBy = ({ namedBy: [first, ...more] }: Pick<Erasure, "namedBy">) => {
  if (first === undefined) return null;
  const { kind, id } = first;
  const look = { className: linkLook };
  return (
    <p className="text-ring">
      The configuration still names it:{" "}
      {kind === "inbound_rule" || kind === "outbound_rule" ? (
        <Link to={kind === "inbound_rule" ? "/inbound-rules" : "/outbound-rules"} search={{ rule: id }} {...look}>
          open the rule
        </Link>
      ) : kind === "voice_agent" ? (
        <Link to="/agents/$agentId" params={{ agentId: id }} {...look}>
          open the agent
        </Link>
      ) : kind === "agent_group" ? (
        <Link to="/groups/$groupId" params={{ groupId: id }} {...look}>
          open the group
        </Link>
      ) : (
        <Link to="/settings" {...look}>
          open the tenant’s settings
        </Link>
      )}
      {more.length > 0 && ` and ${counted(more.length, "other")}`}.
    </p>
  );
};

const Receipt = ({ erasure }: { erasure: Erasure }) => {
  const { id, number, status, waitsFor, actorName, createdAt, finishedAt, changed, lateEvents, namedBy } = erasure;
  const { word, tone } = statusWords[status];
  return (
    <li className="grid gap-0.5 border-b border-line px-4 py-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="num font-[550]">{number}</span>
        <Badge tone={tone}>{word}</Badge>
        <span className="flex-1" />
        <span className="num text-xs text-ink-3">{id}</span>
        <CopyButton text={id} what="the receipt’s id" />
      </span>
      <p className="text-xs text-ink-3">
        Asked by {actorName} <TimeText at={createdAt} />
        {finishedAt !== null && (
          <>
            , done <TimeText at={finishedAt} />
          </>
        )}
      </p>
      <p className="text-ink-2">{status === "running" ? "" : changedWords(changed)}</p>
      {lateEvents > 0 && (
        <p className="text-ink-3">{counted(lateEvents, "later word", "later words")} about its calls stored without it.</p>
      )}
      {waitsFor !== null && status !== "done" && <p className="text-ink-2">{waitsFor}</p>}
      <NamedBy namedBy={namedBy} />
    </li>
  );
};

export const ErasureList = () => {
  const read = trpc.erasures.list.useInfiniteQuery(
    { limit: shownAtOnce },
    {
      getNextPageParam: ({ nextCursor }) => nextCursor,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) => items.some(({ status }) => status !== "done")) ? readAgainMs : false,
    },
  );
  if (read.data === undefined) {
    return read.error === null ? (
      <LoadingRows rows={2} />
    ) : (
      <NotLoaded what="The receipts" error={read.error} onRetry={() => void read.refetch()} />
    );
  }
  const erasures = read.data.pages.flatMap(({ items }) => items);
  if (erasures.length === 0) return <p className="text-ink-3">No number was erased yet. Each erasure leaves a receipt here.</p>;
  return (
    <div className="grid gap-2">
      <ul aria-label="Receipts" className="rounded-lg border border-line bg-panel">
        {erasures.map((erasure) => (
          <Receipt key={erasure.id} erasure={erasure} />
        ))}
      </ul>
      {read.hasNextPage && (
        <Button onClick={() => void read.fetchNextPage()} aria-disabled={read.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </div>
  );
};
