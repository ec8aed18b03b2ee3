/** Says what putting a thing back will do before it is done, and what can't come back. */
import type { ReactNode } from "react";
import type { AuditEntry } from "../../api/answers.ts";
import { failureOf } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Notice } from "../../components/notice.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { useOnce } from "../../forms/use-once.ts";
import { isKind, kindWords, nameOf } from "./audit-words.ts";
import { ChangeList } from "./change-list.tsx";
import { type Restoring, restoringOf } from "./restoring.ts";
import { useStateNow } from "./use-state-now.ts";

const Failed = ({ error }: { error: unknown }) => {
  const { message, requestId } = failureOf(error);
  return (
    <Notice tone="bad">
      {message} {requestId !== null && <span className="num">Request {requestId}</span>}
    </Notice>
  );
};

const About = ({ restoring: { kind, changes, kept } }: { restoring: Restoring }) => {
  const what: Record<Restoring["kind"], ReactNode> = {
    changes: "These fields go back. What has been changed since in them is lost; it stays in this log.",
    revives: "It is made anew, under its old id, as it was:",
    is_gone: "It has been deleted since. Put the entry of its deletion back first.",
    is_so_already: "It is so already: nothing would change.",
  };
  return (
    <div className="grid gap-2">
      <p className="text-ink-2">{what[kind]}</p>
      {changes.length > 0 && <ChangeList changes={changes} heads={["is now", "will be"]} />}
      {kept.length > 0 && (
        <Notice tone="ring">
          {kind === "revives"
            ? `Without ${kept.join(" and ")}: this log holds no secrets. Enter it again afterwards.`
            : `Not ${kept.join(" and ")}, which stays as it is now: this log holds no secrets.`}
        </Notice>
      )}
    </div>
  );
};

const useRestore = (onDone: () => void) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  return trpc.audit.restore.useMutation({
    onSuccess: ({ notRestored }) => {
      toasts.done("Put back", notRestored.length === 0 ? {} : { more: `To be entered again: ${notRestored.join(", ")}.` });
      void api.invalidate();
      onDone();
    },
  });
};

export const RestoreDialog = ({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) => {
  const now = useStateNow(entry);
  const restore = useRestore(onClose);
  const { isPending, once } = useOnce();
  // What went wrong is told above the buttons.
  const run = () =>
    once(() =>
      restore.mutateAsync({ id: entry.id }).then(
        () => undefined,
        () => undefined,
      ),
    );
  const restoring = now.data === undefined ? null : restoringOf(entry, now.data.state);
  const isReady = restoring !== null && (restoring.kind === "changes" || restoring.kind === "revives") && !isPending;
  const kind = isKind(entry.targetType) ? kindWords[entry.targetType].toLowerCase() : "";
  return (
    <Dialog title={`Put the ${kind} ${nameOf(entry)} back`} onClose={onClose}>
      <div className="grid gap-4">
        {restoring === null && now.error === null && <p className="appear-late text-ink-3">Looking at how it is now…</p>}
        {now.error !== null && <Failed error={now.error} />}
        {restoring !== null && <About restoring={restoring} />}
        {restore.error !== null && <Failed error={restore.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button weight="primary" aria-disabled={!isReady} onClick={() => isReady && void run()}>
            {isPending ? "One moment…" : "Put it back"}
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
