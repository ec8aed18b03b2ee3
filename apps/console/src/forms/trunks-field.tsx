/** Names of trunks in the order in which they are tried: those that Cloudonix knows are offered, any other can be typed. */
import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { Button } from "../components/button.tsx";
import { IconButton } from "../components/icon-button.tsx";
import { SuggestField, type Suggestion } from "../components/suggest-field.tsx";
import { doubtAbout, trunkWords } from "../cloudonix/trunk-words.ts";
import { useKnownTrunks } from "../cloudonix/use-known-trunks.ts";

type Props = {
  legend: string;
  hint: ReactNode;
  trunks: readonly string[];
  onChange: (trunks: string[]) => void;
  /** By place, and under "" what is wrong with the list. */
  issues: Record<string, string>;
};

const mostTrunks = 20;

const moved = (trunks: readonly string[], from: number, to: number): string[] => {
  const rest = trunks.filter((_, place) => place !== from);
  return [...rest.slice(0, to), ...trunks.slice(from, from + 1), ...rest.slice(to)];
};

type RowProps = { place: number; count: number; name: string; error: string | undefined; onName: (name: string) => void };
type Known = { suggestions: readonly Suggestion[]; doubt: string | null };
type Moves = { onMove: (to: number) => void; onRemove: () => void };

const Trunk = ({ place, count, name, error, suggestions, doubt, onName, onMove, onRemove }: RowProps & Known & Moves) => (
  <div className="flex items-start gap-1">
    <SuggestField
      label={`Trunk ${place + 1}`}
      isLabelHidden
      placeholder={place === 0 ? "tried first" : "tried next"}
      className="min-w-0 flex-1"
      value={name}
      error={error}
      maxLength={64}
      suggestions={suggestions}
      onChange={onName}
      {...(doubt === null ? {} : { hint: <span className="text-ring">{doubt}</span> })}
    />
    {count > 1 && (
      <>
        <IconButton label={`Try trunk ${place + 1} earlier`} className="mt-1" disabled={place === 0} onClick={() => onMove(place - 1)}>
          <ArrowUp size={14} aria-hidden />
        </IconButton>
        <IconButton
          label={`Try trunk ${place + 1} later`}
          className="mt-1"
          disabled={place === count - 1}
          onClick={() => onMove(place + 1)}
        >
          <ArrowDown size={14} aria-hidden />
        </IconButton>
      </>
    )}
    <IconButton label={`Remove trunk ${place + 1}`} className="mt-1" onClick={onRemove}>
      <X size={14} aria-hidden />
    </IconButton>
  </div>
);

export const TrunksField = ({ legend, hint, trunks, onChange, issues }: Props) => {
  const known = useKnownTrunks();
  const suggestions = useMemo(
    () => (known.trunks ?? []).map((trunk) => ({ id: trunk.id, text: trunk.name, more: trunkWords(trunk) })),
    [known.trunks],
  );
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-[550] text-ink-2">{legend}</legend>
      {trunks.map((name, place) => (
        <Trunk
          key={place}
          {...{ place, count: trunks.length, name, error: issues[String(place)], suggestions }}
          doubt={doubtAbout(known.trunks, name)}
          onName={(next) => onChange(trunks.with(place, next))}
          onMove={(to) => onChange(moved(trunks, place, to))}
          onRemove={() => onChange(trunks.filter((_, other) => other !== place))}
        />
      ))}
      {trunks.length < mostTrunks && (
        <Button className="justify-self-start" onClick={() => onChange([...trunks, ""])}>
          <Plus size={14} aria-hidden />
          {trunks.length === 0 ? "Name a trunk" : "Another trunk"}
        </Button>
      )}
      <p className="text-xs text-ink-3">{hint}</p>
      {known.failure !== null && <p className="text-xs text-ink-3">Trunks of Cloudonix are not offered: {known.failure}</p>}
      {issues[""] !== undefined && (
        <p role="alert" className="text-xs text-bad">
          {issues[""]}
        </p>
      )}
    </fieldset>
  );
};
