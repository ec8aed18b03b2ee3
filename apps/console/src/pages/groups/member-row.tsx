/** One member of a group in its form: moved by its handle, by hand or by keys; what it gets, beside what it should get. */
import { useSortable } from "@dnd-kit/sortable";
import { Link } from "@tanstack/react-router";
import { GripVertical, X } from "lucide-react";
import { useController, useFormContext } from "react-hook-form";
import type { Distribution } from "../../api/answers.ts";
import { Field } from "../../components/field.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { Switch } from "../../components/switch.tsx";
import { numberOrNothing, numberOrNull } from "../../forms/typed-values.ts";
import type { GroupValues } from "./group-form.ts";

type Live = Distribution["members"][number];

type Props = {
  id: string;
  index: number;
  agentId: string;
  name: string;
  provider: string | undefined;
  /** How it stands; null for one that is not saved yet, or where it can't be known. */
  live: Live | null;
  scale: number;
  hasPriority: boolean;
  onRemove: () => void;
};

const Handle = ({ id, name }: { id: string; name: string }) => {
  const { attributes, listeners, setActivatorNodeRef } = useSortable({ id });
  return (
    <button
      type="button"
      ref={setActivatorNodeRef}
      {...attributes}
      {...listeners}
      aria-label={`Move ${name}`}
      className="grid size-8 cursor-grab touch-none place-items-center rounded-md text-ink-3 hover:bg-idle-soft hover:text-ink"
    >
      <GripVertical size={15} aria-hidden />
    </button>
  );
};

const Enabled = ({ index, name }: { index: number; name: string }) => {
  const { control } = useFormContext<GroupValues>();
  const { field } = useController<GroupValues, `members.${number}.enabled`>({ control, name: `members.${index}.enabled` });
  const isOn = field.value !== false;
  return (
    <div className="grid gap-1.5">
      <span className="font-[550] text-ink-2">Takes calls</span>
      <span className="flex min-h-9 items-center gap-2">
        <Switch label={`${name} takes calls of this group`} isOn={isOn} onChange={field.onChange} />
        <span className="w-5 text-ink-2">{isOn ? "On" : "Off"}</span>
      </span>
    </div>
  );
};

const Numbers = ({ index, name, hasPriority }: { index: number; name: string; hasPriority: boolean }) => {
  const { register, formState } = useFormContext<GroupValues>();
  const errors = formState.errors.members?.[index];
  const field = { isLabelHidden: false, inputMode: "numeric", autoComplete: "off" } as const;
  return (
    <>
      {hasPriority && (
        <Field
          {...field}
          className="w-16"
          label="Priority"
          aria-label={`Priority of ${name}`}
          {...register(`members.${index}.priority`, { setValueAs: numberOrNothing })}
          error={errors?.priority?.message}
        />
      )}
      <Field
        {...field}
        className="w-16"
        label="Weight"
        aria-label={`Weight of ${name}`}
        {...register(`members.${index}.weight`, { setValueAs: numberOrNothing })}
        error={errors?.weight?.message}
      />
      <Field
        {...field}
        className="w-24"
        label="Capacity"
        aria-label={`Capacity of ${name} in this group`}
        placeholder="No limit"
        {...register(`members.${index}.capacity`, { setValueAs: numberOrNull })}
        error={errors?.capacity?.message}
      />
    </>
  );
};

const LiveShare = ({ name, live, scale }: { name: string; live: Live | null; scale: number }) =>
  live === null ? null : (
    <div className="grid gap-1">
      <ShareBar name={name} share={live.share} target={live.targetShare} scale={scale} />
      {live.why !== null && <p className="text-xs text-ring">{live.why}</p>}
    </div>
  );

/** What the server has against the agent itself. */
const AgentError = ({ index }: { index: number }) => {
  const { formState } = useFormContext<GroupValues>();
  const message = formState.errors.members?.[index]?.agentId?.message;
  return message === undefined ? null : (
    <p role="alert" className="text-xs text-bad">
      {message}
    </p>
  );
};

export const MemberRow = ({ id, index, agentId, name, provider, live, scale, hasPriority, onRemove }: Props) => {
  const { setNodeRef, transform, transition, isDragging } = useSortable({ id });
  const style = { transform: transform === null ? undefined : `translateY(${transform.y}px)`, transition };
  return (
    <li
      ref={setNodeRef}
      style={style}
      className={`relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2 gap-y-2 border-b border-line bg-panel px-2 py-2.5 last:border-b-0 ${isDragging ? "z-10 shadow-float" : ""}`}
    >
      <Handle id={id} name={name} />
      <div className="grid min-w-0 items-start gap-x-6 gap-y-2 min-[860px]:grid-cols-[minmax(0,1fr)_auto]">
        <div className="grid min-w-0 gap-2">
          <p className="min-w-0 truncate pt-1.5">
            <span className="num mr-2 text-ink-3">{index + 1}</span>
            <Link to="/agents/$agentId" params={{ agentId }} className="font-[550] hover:underline">
              {name}
            </Link>
            {provider !== undefined && <span className="ml-2 text-ink-3">{provider}</span>}
          </p>
          <LiveShare name={name} live={live} scale={scale} />
        </div>
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
          <Numbers index={index} name={name} hasPriority={hasPriority} />
          <Enabled index={index} name={name} />
        </div>
        <AgentError index={index} />
      </div>
      <IconButton label={`Take ${name} out of the group`} onClick={onRemove}>
        <X size={15} aria-hidden />
      </IconButton>
    </li>
  );
};
