/** Which outbound rules are listed. */
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { CompactSelect } from "../../components/compact-select.tsx";
import { SearchField } from "../../components/search-field.tsx";

const route = getRouteApi("/outbound-rules");

const states = [
  { value: "", label: "Enabled or not" },
  { value: "true", label: "Enabled" },
  { value: "false", label: "Disabled" },
];

export const OutboundRuleFilters = () => {
  const { search = "", enabled } = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = useCallback(
    (text: string) => void navigate({ search: (now) => ({ ...now, search: text === "" ? undefined : text }), replace: true }),
    [navigate],
  );
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField label="Beginning or country" value={search} onSearch={onSearch} />
      <CompactSelect
        label="State"
        value={enabled === undefined ? "" : String(enabled)}
        options={states}
        onChange={(value) => void navigate({ search: (now) => ({ ...now, enabled: value === "" ? undefined : value === "true" }) })}
      />
    </div>
  );
};
