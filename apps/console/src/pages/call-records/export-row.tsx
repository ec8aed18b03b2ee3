/** One export: what is in it, how far it is, and what can be done with it. */
import type { Export } from "@switchboard/api/schemas/export";
import { Download, X } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { counted, formatPart } from "../../format/number.ts";
import { exportStates, isUnfinished } from "./export-words.ts";

/** The file comes by an address that is good once: no token stands in it, and the page stays. */
const fetchFile = (url: string) => {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
};

const Progress = ({ item }: { item: Export }) => (
  <progress aria-label="How far it is" className="h-1.5 w-full overflow-hidden rounded-full accent-accent" value={item.progress} max={1} />
);

const Told = ({ item }: { item: Export }) => {
  if (item.status === "failed") return <span className="text-bad">{item.problem}</span>;
  if (item.status === "queued") return <>It begins as soon as the one before it is written.</>;
  if (item.status === "running")
    return (
      <span className="num">
        {counted(item.rows, "call")} · {formatPart(item.progress)}
      </span>
    );
  if (item.status !== "ready") return <span className="num">{counted(item.rows, "call")}</span>;
  return (
    <>
      <span className="num">{counted(item.rows, "call")}</span> · can be downloaded until{" "}
      {item.expiresAt !== null && <TimeText at={item.expiresAt} />}
    </>
  );
};

const Actions = ({ item }: { item: Export }) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const isReady = item.status === "ready";
  const ticket = trpc.exports.ticket.useMutation({
    onSuccess: ({ url }) => fetchFile(url),
    onError: (error) => toasts.failed("The file could not be downloaded", error),
  });
  const cancel = trpc.exports.cancel.useMutation({
    onSuccess: () => toasts.done(isReady ? "The file is removed" : "The export is canceled"),
    onError: (error) => toasts.failed("It could not be canceled", error),
    onSettled: () => api.exports.invalidate(),
  });
  if (!isReady && !isUnfinished(item)) return null;
  return (
    <>
      {isReady && (
        <Button weight="primary" disabled={ticket.isPending} onClick={() => ticket.mutate({ id: item.id })}>
          <Download size={13} aria-hidden />
          Download
        </Button>
      )}
      {/* Another button, also to the keyboard: whoever meant to cancel removes nothing that has become ready. */}
      <Button key={isReady ? "remove" : "cancel"} disabled={cancel.isPending} onClick={() => cancel.mutate({ id: item.id })}>
        <X size={13} aria-hidden />
        {isReady ? "Remove" : "Cancel"}
      </Button>
    </>
  );
};

export const ExportRow = ({ item }: { item: Export }) => {
  const { word, tone } = exportStates[item.status];
  return (
    <li className="grid gap-1.5 border-b border-line py-3 last:border-b-0" aria-label={`Export of ${item.createdAt}`}>
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{word}</Badge>
        <span className="font-[550]">{item.format.toUpperCase()}</span>
        <TimeText at={item.createdAt} />
        <span className="flex-1" />
        <Actions item={item} />
      </div>
      {item.status === "running" && <Progress item={item} />}
      <p className="text-ink-2">
        <Told item={item} />
      </p>
      <p className="truncate text-xs text-ink-3" title={item.createdBy}>
        {item.columns.length} columns, times of {item.timeZone}, by {item.createdBy}
      </p>
    </li>
  );
};
