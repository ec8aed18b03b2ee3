/** The members of a group in their order, which is changed by dragging or with the keys; others are added below. */
import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { memo } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import type { Distribution } from "../../api/answers.ts";
import { shareScale } from "../../components/share-scale.ts";
import { counted, formatCount } from "../../format/number.ts";
import { AgentPicker } from "../../pickers/agent-picker.tsx";
import { type GroupValues, newMember } from "./group-form.ts";
import { MemberRow } from "./member-row.tsx";
import { moveWords } from "./move-words.ts";
import type { MemberNames } from "./use-member-names.ts";

const mostMembers = 200;

type Props = { distribution: Distribution | null; names: MemberNames };

const Words = ({ distribution, count }: { distribution: Distribution | null; count: number }) => (
  <div className="grid gap-0.5 text-ink-3">
    <p>
      {counted(count, "member")}. Their order decides who is first where two stand equal. Capacity here is a member’s part in this group;
      the agent’s own holds as well.
    </p>
    {distribution !== null && distribution.members.length > 0 && (
      <p>
        {distribution.targetWords} The bar is what each got of {counted(distribution.calls, "call")} in the last {distribution.windowHours}{" "}
        h, the tick what it should get now.
        {distribution.callsToFormerMembers > 0 && ` ${formatCount(distribution.callsToFormerMembers)} more went to former members.`}
      </p>
    )}
  </div>
);

type Field = { id: string; agentId: string };
type OrderProps = Props & { fields: readonly Field[]; onMove: (from: number, to: number) => void; onRemove: (index: number) => void };

/** Drawn anew only when something in it has changed: each of two hundred is costly to keep in its place. */
const Order = memo(({ fields, onMove, onRemove, distribution, names }: OrderProps) => {
  const { control } = useFormContext<GroupValues>();
  const strategy = useWatch({ control, name: "strategy" });
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const nameOf = (agentId: string) => names.get(agentId)?.name ?? agentId;
  const placeOf = (id: string | number) => fields.findIndex((field) => field.id === id);
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over !== null && over.id !== active.id) onMove(placeOf(active.id), placeOf(over.id));
  };
  const words = moveWords((id) => ({ name: nameOf(fields[placeOf(id)]?.agentId ?? ""), place: placeOf(id) + 1 }), fields.length);
  const liveOf = new Map((distribution?.members ?? []).map((member) => [member.agentId, member]));
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd} accessibility={words}>
      <SortableContext items={[...fields]} strategy={verticalListSortingStrategy}>
        <ol
          aria-label="Members in their order"
          className="rounded-lg border border-line bg-panel [&>:first-child]:rounded-t-lg [&>:last-child]:rounded-b-lg"
        >
          {fields.map(({ id, agentId }, index) => (
            <MemberRow
              key={id}
              {...{ control, id, index, agentId, onRemove }}
              name={nameOf(agentId)}
              provider={names.get(agentId)?.provider}
              live={liveOf.get(agentId) ?? null}
              scale={shareScale(distribution?.members ?? [])}
              hasPriority={strategy === "priority"}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
});

export const MemberList = (props: Props) => {
  const { control, formState } = useFormContext<GroupValues>();
  const { fields, append, move, remove } = useFieldArray({ control, name: "members" });
  const add = (agentId: string | null) => {
    if (agentId !== null && !fields.some((field) => field.agentId === agentId)) append(newMember(agentId), { shouldFocus: false });
  };
  const error = formState.errors.members?.root?.message ?? formState.errors.members?.message;
  return (
    <section aria-labelledby="members" className="grid gap-2">
      <h2 id="members" className="font-[550] text-ink-2">
        Members
      </h2>
      <Words distribution={props.distribution} count={fields.length} />
      {fields.length > 0 && <Order distribution={props.distribution} names={props.names} fields={fields} onMove={move} onRemove={remove} />}
      {fields.length < mostMembers ? (
        <AgentPicker label="Add an agent" agentId={null} onChange={add} placeholder="Type an agent’s name" className="sm:max-w-80" />
      ) : (
        <p className="text-ink-2">A group has at most {mostMembers} members: take one out to add another.</p>
      )}
      {error !== undefined && (
        <p role="alert" className="text-xs text-bad">
          {error}
        </p>
      )}
    </section>
  );
};
