/** What stands in the address of a page of rules: the rule that is open or being made, and the call that is simulated. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { SimulatedCall } from "../../simulator/simulated-call.ts";
import { useSimulatedCall } from "./use-simulated-call.ts";

export type RulesPage = "/inbound-rules" | "/outbound-rules";

export const useRulesAddress = (page: RulesPage) => {
  const { rule, new: isNew = false, from = "", to = "" } = useSearch({ from: page });
  const navigate = useNavigate({ from: page });
  const onAddress = useCallback(
    (call: SimulatedCall) =>
      void navigate({ search: (now) => ({ ...now, from: call.from || undefined, to: call.to || undefined }), replace: true }),
    [navigate],
  );
  const show = (id: string | undefined, ignoreBlocker: boolean) =>
    navigate({ search: (now) => ({ ...now, rule: id, new: undefined }), ignoreBlocker });
  return { rule, isNew, simulated: useSimulatedCall({ from, to }, onAddress), show };
};

export type RulesAddress = ReturnType<typeof useRulesAddress>;
