/** Names and values as they were sent, each to be copied. */
import { CopyButton } from "../components/copy-button.tsx";

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

export const FieldList = ({ fields }: { fields: Record<string, unknown> }) => {
  const entries = Object.entries(fields);
  if (entries.length === 0) return <p className="text-ink-3">None of the fields that are kept.</p>;
  return (
    <dl className="divide-y divide-line">
      {entries.map(([name, value]) => (
        <div key={name} className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] items-start gap-3 py-1">
          <dt className="num leading-6 break-words text-ink-3">{name}</dt>
          <dd className="flex items-start gap-1">
            <span className="num min-w-0 flex-1 leading-6 break-words">
              {value === null ? <span className="text-ink-3">nothing</span> : textOf(value)}
            </span>
            {value !== null && <CopyButton text={textOf(value)} what={name} />}
          </dd>
        </div>
      ))}
    </dl>
  );
};
