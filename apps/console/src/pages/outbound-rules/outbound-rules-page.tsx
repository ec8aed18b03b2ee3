/** Calls that leave: over which trunks, and where none may go. */
import { getRouteApi } from "@tanstack/react-router";
import { LinkButton } from "../../components/link-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { type Tab, Tabs } from "../../components/tabs.tsx";
import type { OutboundTab } from "../../routes/outbound-rules.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { PolicyTab } from "./policy-tab.tsx";
import { RulesTab } from "./rules-tab.tsx";

const route = getRouteApi("/outbound-rules");

const tabs: readonly Tab<OutboundTab>[] = [
  { id: "rules", label: "Rules", content: () => <RulesTab /> },
  { id: "policy", label: "Policy", content: () => <PolicyTab /> },
];

export const OutboundRulesPage = () => {
  const isAdmin = useIsAdmin();
  const { tab = "rules" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead title="Outbound rules" tab={tab === "policy" ? "Outbound policy" : "Outbound rules"}>
        {isAdmin && tab === "rules" && (
          <LinkButton from="/outbound-rules" to="." search={(now) => ({ ...now, rule: undefined, new: true })} weight="primary">
            New rule
          </LinkButton>
        )}
      </PageHead>
      <Tabs label="Outbound" tabs={tabs} openId={tab} onOpen={(id) => void navigate({ search: { tab: id }, replace: true })} />
    </>
  );
};
