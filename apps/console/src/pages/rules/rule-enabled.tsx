/** Whether calls try a rule: shown as it will be at once, with Undo, and as it was when that failed. */
import { useMutation } from "@tanstack/react-query";
import { Badge } from "../../components/badge.tsx";
import { Switch } from "../../components/switch.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { useUndo } from "../../forms/use-undo.ts";
import { useIsAdmin } from "../../session/use-role.ts";

type Switched = { id: string; enabled: boolean; version: number };

type Props = {
  rule: Switched;
  /** What the rule is about, in words. */
  name: string;
  save: (enabled: boolean) => Promise<Switched>;
  /** Reads the list anew. */
  onSettled: () => void;
};

/** For who may only read it is a word. */
export const RuleEnabled = (props: Props) => {
  if (!useIsAdmin()) return props.rule.enabled ? <Badge tone="ok">Enabled</Badge> : <Badge tone="idle">Disabled</Badge>;
  return (
    <span className="relative z-10 inline-flex">
      <EnabledSwitch {...props} />
    </span>
  );
};

const EnabledSwitch = ({ rule, name, save, onSettled }: Props) => {
  const toasts = useToasts();
  const undoOf = useUndo();
  const change = useMutation({
    mutationFn: save,
    onSuccess: ({ enabled }) => toasts.done(`${name}: ${enabled ? "enabled" : "disabled"}`, { undo: undoOf(rule.id) }),
    onError: (error, enabled) => toasts.failed(`${name} was not ${enabled ? "enabled" : "disabled"}`, error),
    onSettled,
  });
  const saved = change.data;
  const known = saved !== undefined && saved.version > rule.version ? saved.enabled : rule.enabled;
  return (
    <Switch
      label={`Enabled: ${name}`}
      isOn={change.isPending ? change.variables : known}
      isDisabled={change.isPending}
      onChange={(enabled) => change.mutate(enabled)}
    />
  );
};
