/** What is true of the whole tenant, who may work with it, and how oneself likes it. */
import { getRouteApi } from "@tanstack/react-router";
import { PageHead } from "../../components/page-head.tsx";
import { type Tab, Tabs } from "../../components/tabs.tsx";
import type { SettingsTab } from "../../routes/settings.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { AccountTab } from "./account-tab.tsx";
import { CloudonixTab } from "./cloudonix-tab.tsx";
import { DataTab } from "./data-tab.tsx";
import { GeneralTab } from "./general-tab.tsx";
import { PeopleTab } from "./people-tab.tsx";

const route = getRouteApi("/settings");

const general: Tab<SettingsTab> = { id: "general", label: "Tenant", content: () => <GeneralTab /> };
const cloudonix: Tab<SettingsTab> = { id: "cloudonix", label: "Cloudonix", content: () => <CloudonixTab /> };
const people: Tab<SettingsTab> = { id: "people", label: "People", content: () => <PeopleTab /> };
const data: Tab<SettingsTab> = { id: "data", label: "Data", content: () => <DataTab /> };
const account: Tab<SettingsTab> = { id: "account", label: "My account", content: () => <AccountTab /> };

export const SettingsPage = () => {
  const isAdmin = useIsAdmin();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const tabs = isAdmin ? [general, cloudonix, people, data, account] : [general, cloudonix, account];
  // A tab that is not for this person opens the first.
  const openId = tabs.find(({ id }) => id === tab)?.id ?? "general";
  return (
    <>
      <PageHead title="Settings" tab={`${tabs.find(({ id }) => id === openId)?.label ?? ""} · Settings`} />
      <Tabs label="Settings" tabs={tabs} openId={openId} onOpen={(id) => void navigate({ search: { tab: id }, replace: true })} />
    </>
  );
};
