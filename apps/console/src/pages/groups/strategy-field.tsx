/** Chooses a strategy by what it does, and says what a change would do before it is saved. */
import { useId } from "react";
import { useController, useFormContext, useWatch } from "react-hook-form";
import { Notice } from "../../components/notice.tsx";
import { defaultWindowHours, type GroupValues } from "./group-form.ts";
import { changeOfStrategy, strategies, strategyNames, strategySentence, type Strategy } from "./strategy-words.ts";

type ChoiceProps = { strategy: Strategy; windowHours: number; name: string; isChosen: boolean; onChoose: () => void; onBlur: () => void };

const Choice = ({ strategy, windowHours, name, isChosen, onChoose, onBlur }: ChoiceProps) => (
  <label className="flex cursor-pointer gap-2.5 border-b border-line px-3 py-2.5 last:border-b-0 has-checked:bg-accent-soft">
    <input type="radio" name={name} checked={isChosen} onChange={onChoose} onBlur={onBlur} className="mt-0.5 accent-accent" />
    <span className="grid gap-0.5">
      <span className="font-[550]">{strategyNames[strategy]}</span>
      <span className="text-ink-2">{strategySentence(strategy, windowHours)}</span>
    </span>
  </label>
);

type Props = {
  /** As it is saved; null for a new group. */
  saved: Strategy | null;
  nameOf: (agentId: string) => string;
};

export const StrategyField = ({ saved, nameOf }: Props) => {
  const { control } = useFormContext<GroupValues>();
  const { field } = useController<GroupValues, "strategy">({ control, name: "strategy" });
  const [settings, members] = useWatch({ control, name: ["settings", "members"] });
  const windowHours = settings?.windowHours ?? defaultWindowHours;
  const name = useId();
  const named = (members ?? []).map(({ agentId, priority = 1, enabled = true }) => ({ name: nameOf(agentId), priority, enabled }));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-[550] text-ink-2">Strategy</legend>
      <div className="overflow-clip rounded-lg border border-line bg-panel">
        {strategies.map((strategy) => (
          <Choice
            key={strategy}
            {...{ strategy, windowHours, name }}
            isChosen={field.value === strategy}
            onChoose={() => field.onChange(strategy)}
            onBlur={field.onBlur}
          />
        ))}
      </div>
      {saved !== null && field.value !== saved && (
        <Notice tone="info">
          {changeOfStrategy(field.value, named, windowHours)} Calls on the line stay where they are. Nothing changes before you save.
        </Notice>
      )}
    </fieldset>
  );
};
