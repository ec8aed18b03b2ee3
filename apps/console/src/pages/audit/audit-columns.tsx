/** The columns of the audit log. */
import { Link } from "@tanstack/react-router";
import type { AuditEntry } from "../../api/answers.ts";
import type { Column } from "../../components/data-table.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { verbOf } from "./audit-words.ts";
import { changesOf } from "./changes.ts";
import { Target } from "./target.tsx";

const When = ({ entry }: { entry: AuditEntry }) => (
  <Link
    from="/audit"
    to="/audit"
    search={(before) => ({ ...before, entry: entry.id })}
    resetScroll={false}
    className="whitespace-nowrap after:absolute after:inset-0"
  >
    <TimeText at={entry.at} />
  </Link>
);

/** The names of the fields, while the values are in the details. */
const fieldsOf = ({ before, after }: AuditEntry): string =>
  before === null || after === null ? "" : [...new Set(changesOf(before, after).map(({ label }) => label))].join(", ");

export const auditColumns: readonly Column<AuditEntry>[] = [
  { id: "at", header: "When", width: "178px", isUnnamedInCard: true, cell: (entry) => <When entry={entry} /> },
  {
    ...{ id: "who", header: "Who", width: "minmax(140px,1fr)" },
    cell: ({ actorName }) => (
      <span className="block truncate" title={actorName}>
        {actorName}
      </span>
    ),
  },
  {
    ...{ id: "what", header: "What", width: "minmax(220px,2fr)" },
    cell: (entry) => (
      <span className="block break-words">
        {verbOf(entry.action)} <Target entry={entry} />
      </span>
    ),
  },
  {
    ...{ id: "fields", header: "Fields", width: "minmax(120px,1.5fr)" },
    cell: (entry) => (
      <span className="block truncate text-ink-2" title={fieldsOf(entry)}>
        {fieldsOf(entry)}
      </span>
    ),
  },
];
