/** The fields of a group, within a FormProvider. */
import { useFormContext } from "react-hook-form";
import type { Distribution } from "../../api/answers.ts";
import { Field } from "../../components/field.tsx";
import { FallbackField } from "../../forms/fallback-field.tsx";
import type { GroupValues } from "./group-form.ts";
import { MemberList } from "./member-list.tsx";
import { SettingsFields } from "./settings-fields.tsx";
import { StrategyField } from "./strategy-field.tsx";
import type { Strategy } from "./strategy-words.ts";
import type { MemberNames } from "./use-member-names.ts";

type Props = { saved: Strategy | null; distribution: Distribution | null; names: MemberNames };

export const GroupFields = ({ saved, distribution, names }: Props) => {
  const { register, formState } = useFormContext<GroupValues>();
  return (
    <div className="grid gap-7">
      <Field label="Name" autoComplete="off" className="sm:max-w-120" {...register("name")} error={formState.errors.name?.message} />
      <StrategyField saved={saved} nameOf={(agentId) => names.get(agentId)?.name ?? agentId} />
      <MemberList distribution={distribution} names={names} />
      <SettingsFields />
      <FallbackField level="group" />
    </div>
  );
};
