/** Chooses where a call goes: to an agent, to a group, or to a number where that is possible. */
import { Field } from "../components/field.tsx";
import { AgentPicker } from "../pickers/agent-picker.tsx";
import { GroupPicker } from "../pickers/group-picker.tsx";

export type PlaceKind = "agent" | "group" | "number";
export type Place = { kind: PlaceKind; agentId: string | null; groupId: string | null; number: string };

export const noPlace: Place = { kind: "group", agentId: null, groupId: null, number: "" };

/** As the server takes it; null while nothing is chosen. */
export const namedBy = ({
  kind,
  agentId,
  groupId,
  number,
}: Place): { agentId: string } | { groupId: string } | { number: string } | null => {
  if (kind === "agent") return agentId === null ? null : { agentId };
  if (kind === "group") return groupId === null ? null : { groupId };
  return number.trim() === "" ? null : { number };
};

const words: Record<PlaceKind, string> = { agent: "An agent", group: "A group", number: "A number" };

type Props = { legend: string; kinds: readonly PlaceKind[]; place: Place; onChange: (place: Place) => void };

export const PlaceField = ({ legend, kinds, place, onChange }: Props) => (
  <div className="grid gap-3">
    <fieldset>
      <legend className="mb-1.5 font-[550] text-ink-2">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {kinds.map((kind) => (
          <label key={kind} className="flex cursor-pointer items-center gap-1.5">
            <input
              type="radio"
              name="place"
              className="accent-accent"
              checked={place.kind === kind}
              onChange={() => onChange({ ...place, kind })}
            />
            {words[kind]}
          </label>
        ))}
      </div>
    </fieldset>
    {place.kind === "agent" && (
      <AgentPicker label="Agent" agentId={place.agentId} onChange={(agentId) => onChange({ ...place, agentId })} />
    )}
    {place.kind === "group" && (
      <GroupPicker label="Group" groupId={place.groupId} onChange={(groupId) => onChange({ ...place, groupId })} />
    )}
    {place.kind === "number" && (
      <Field
        label="Number"
        type="tel"
        autoComplete="off"
        isMono
        hint="With its country; dialled by your outbound rules."
        value={place.number}
        onChange={(event) => onChange({ ...place, number: event.target.value })}
      />
    )}
  </div>
);
