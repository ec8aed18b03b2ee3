/** Which inbound rules are listed. */
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { trpc } from "../../api/trpc.ts";
import { CompactSelect } from "../../components/compact-select.tsx";
import { FilterChips } from "../../components/filter-chips.tsx";
import { SearchField } from "../../components/search-field.tsx";

const route = getRouteApi("/inbound-rules");

const states = [
  { value: "", label: "Enabled or not" },
  { value: "true", label: "Enabled" },
  { value: "false", label: "Disabled" },
];
const targets = [
  { value: "", label: "To anybody" },
  { value: "agent_group", label: "To a group" },
  { value: "voice_agent", label: "To an agent" },
];

/** One agent or group, where a link has asked for its rules. */
const TargetChip = ({ id, onRemove }: { id: string; onRemove: () => void }) => {
  const agent = trpc.agents.get.useQuery({ id }, { retry: false });
  const group = trpc.groups.get.useQuery({ id }, { retry: false });
  const value = agent.data?.name ?? group.data?.name ?? id;
  return <FilterChips chips={[{ id: "target", label: "Goes to", value, onRemove }]} onClear={onRemove} />;
};

export const InboundRuleFilters = () => {
  const { search = "", enabled, targetType = "", targetId } = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = useCallback(
    (text: string) => void navigate({ search: (now) => ({ ...now, search: text === "" ? undefined : text }), replace: true }),
    [navigate],
  );
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField label="Number or beginning" value={search} onSearch={onSearch} />
        <CompactSelect
          label="State"
          value={enabled === undefined ? "" : String(enabled)}
          options={states}
          onChange={(value) => void navigate({ search: (now) => ({ ...now, enabled: value === "" ? undefined : value === "true" }) })}
        />
        <CompactSelect
          label="Goes to"
          value={targetType}
          options={targets}
          onChange={(value) =>
            void navigate({
              search: (now) => ({ ...now, targetType: value === "voice_agent" || value === "agent_group" ? value : undefined }),
            })
          }
        />
      </div>
      {targetId !== undefined && (
        <TargetChip id={targetId} onRemove={() => void navigate({ search: (now) => ({ ...now, targetId: undefined }) })} />
      )}
    </>
  );
};
