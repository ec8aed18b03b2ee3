/** What stands beside the list of rules: a new rule, the one of the address, or nothing. */
import type { ComponentType } from "react";
import { useCountry } from "../../format/use-country.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";
import type { RulesAddress } from "./use-rules-address.ts";

type Shared = { country: string | null; onUnsaved: (change: UnsavedChange) => void };

type Parts = {
  New: ComponentType<Shared & { onCreated: (rule: { id: string }) => Promise<void>; onCancel: () => void }>;
  Open: ComponentType<Shared & { id: string; onGone: () => Promise<void> }>;
  onUnsaved: Shared["onUnsaved"];
};

export const useOpenRule = ({ rule, isNew, show }: RulesAddress, { New, Open, onUnsaved }: Parts) => {
  const shared = { country: useCountry(), onUnsaved };
  const isAdmin = useIsAdmin();
  const onClose = () => void show(undefined, false);
  if (isNew && isAdmin) {
    const content = <New {...shared} onCreated={({ id }) => show(id, true)} onCancel={onClose} />;
    return { title: "New rule", onClose, content };
  }
  if (rule === undefined) return null;
  return { title: "The rule", onClose, content: <Open key={rule} id={rule} {...shared} onGone={() => show(undefined, true)} /> };
};
