/** One change whole: who, what, when, every field that it changed, and the way back. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { AuditEntry } from "../../api/answers.ts";
import { Button } from "../../components/button.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { linkLook } from "../../links/link-look.ts";
import { verbOf } from "./audit-words.ts";
import { ChangeList } from "./change-list.tsx";
import { changesOf } from "./changes.ts";
import { RestoreDialog } from "./restore-dialog.tsx";
import { Target } from "./target.tsx";

const Changes = ({ entry: { before, after } }: { entry: AuditEntry }) => {
  const changes = changesOf(before, after);
  if (changes.length > 0) return <ChangeList changes={changes} />;
  return <p className="py-2 text-ink-3">No setting was changed; secrets are not written down.</p>;
};

export const EntryPanel = ({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) => {
  const [isRestoring, setRestoring] = useState(false);
  return (
    <SidePanel label="What was changed" onClose={onClose}>
      <h2 className="pr-8 text-base leading-6 font-semibold">
        {entry.actorName} {verbOf(entry.action)} <Target entry={entry} />
      </h2>
      <p className="mt-1 mb-2 text-ink-2">
        <TimeText at={entry.at} />
      </p>
      <Changes entry={entry} />
      <div className="mt-3 flex flex-wrap items-center gap-3">
        {entry.restorable && (
          <Button onClick={() => setRestoring(true)}>{entry.after === null ? "Bring it back…" : "Put it back to how it was…"}</Button>
        )}
        <Link from="/audit" to="/audit" search={(before) => ({ ...before, target: entry.targetId, entry: entry.id })} className={linkLook}>
          All changes of it
        </Link>
      </div>
      {isRestoring && <RestoreDialog entry={entry} onClose={() => setRestoring(false)} />}
    </SidePanel>
  );
};
