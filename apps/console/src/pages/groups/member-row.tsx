/** One member of a group in its form: moved by its handle, by hand or by keys; what it gets, beside what it should get. */
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Link } from "@tanstack/react-router";
import { GripVertical, X } from "lucide-react";
import { memo } from "react";
import { type Control, useController, useFormState } from "react-hook-form";
import type { Distribution } from "../../api/answers.ts";
import { Field } from "../../components/field.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { Switch } from "../../components/switch.tsx";
import { numberOrNothing, numberOrNull } from "../../forms/typed-values.ts";
import type { GroupValues } from "./group-form.ts";

type Live = Distribution["members"][number];

type FieldsProps = { control: Control<GroupValues>; index: number; name: string };

const Enabled = ({ control, index, name }: FieldsProps) => {
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

type NumberProps = FieldsProps & { field: "priority" | "weight" | "capacity"; label: string; wide?: boolean; error: string | undefined };

const NumberCell = ({ control, index, name, field, label, wide = false, error }: NumberProps) => (
  <Field
    label={label}
    aria-label={`${label} of ${name}`}
    inputMode="numeric"
    autoComplete="off"
    className={wide ? "w-24" : "w-16"}
    {...(wide ? { placeholder: "No limit" } : {})}
    {...control.register(`members.${index}.${field}`, { setValueAs: wide ? numberOrNull : numberOrNothing })}
    error={error}
  />
);

const Fields = ({ hasPriority, ...place }: FieldsProps & { hasPriority: boolean }) => {
  const { errors } = useFormState({ control: place.control, name: `members.${place.index}` });
  const wrong = errors.members?.[place.index];
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      {hasPriority && <NumberCell {...place} field="priority" label="Priority" error={wrong?.priority?.message} />}
      <NumberCell {...place} field="weight" label="Weight" error={wrong?.weight?.message} />
      <NumberCell {...place} field="capacity" label="Capacity" wide error={wrong?.capacity?.message} />
      <Enabled {...place} />
      {wrong?.agentId?.message !== undefined && (
        <p role="alert" className="w-full text-xs text-bad">
          {wrong.agentId.message}
        </p>
      )}
    </div>
  );
};

const LiveShare = ({ name, live, scale }: { name: string; live: Live; scale: number }) => (
  <div className="grid gap-1">
    <ShareBar name={name} share={live.share} target={live.targetShare} scale={scale} />
    {live.why !== null && <p className="text-xs text-ring">{live.why}</p>}
  </div>
);

type BodyProps = {
  control: Control<GroupValues>;
  index: number;
  agentId: string;
  name: string;
  provider: string | undefined;
  /** How it stands; null for one that is not saved yet, or where it can't be known. */
  live: Live | null;
  scale: number;
  hasPriority: boolean;
  /** Stable. */
  onRemove: (index: number) => void;
};

/** Of two hundred, only the one that is typed into is drawn anew. */
const Body = memo(({ control, index, agentId, name, provider, live, scale, hasPriority, onRemove }: BodyProps) => (
  <>
    <div className="grid min-w-0 items-start gap-x-6 gap-y-2 min-[860px]:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid min-w-0 gap-2">
        <p className="min-w-0 truncate pt-1.5">
          <span className="num mr-2 text-ink-3">{index + 1}</span>
          <Link to="/agents/$agentId" params={{ agentId }} className="font-[550] hover:underline">
            {name}
          </Link>
          {provider !== undefined && <span className="ml-2 text-ink-3">{provider}</span>}
        </p>
        {live !== null && <LiveShare name={name} live={live} scale={scale} />}
      </div>
      <Fields {...{ control, index, name, hasPriority }} />
    </div>
    <IconButton label={`Take ${name} out of the group`} onClick={() => onRemove(index)}>
      <X size={15} aria-hidden />
    </IconButton>
  </>
));

export const MemberRow = ({ id, ...body }: BodyProps & { id: string }) => {
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({ id });
  const style = { transform: CSS.Translate.toString(transform === null ? null : { ...transform, x: 0 }), transition };
  return (
    <li
      ref={setNodeRef}
      style={style}
      className={`relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2 gap-y-2 border-b border-line bg-panel px-2 py-2.5 last:border-b-0 ${isDragging ? "z-10 shadow-float" : ""}`}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        aria-label={`Move ${body.name}`}
        className="grid size-8 cursor-grab touch-none place-items-center rounded-md text-ink-3 hover:bg-idle-soft hover:text-ink"
      >
        <GripVertical size={15} aria-hidden />
      </button>
      <Body {...body} />
    </li>
  );
};
