/** A labelled choice of a few: the platform's own list, which telephones show best. */
import type { ComponentProps } from "react";
import { FieldFrame, type FieldWords, inputLook } from "./field-frame.tsx";

export type Option = { value: string; label: string };

type Props = Omit<ComponentProps<"select">, "id" | "className" | "children"> &
  FieldWords & { options: readonly Option[]; className?: string };

export const SelectField = ({ label, hint, error, isLabelHidden, className, options, ...rest }: Props) => (
  <FieldFrame {...{ label, hint, error, isLabelHidden, className }}>
    {(ids) => (
      <select {...ids} className={inputLook} {...rest}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    )}
  </FieldFrame>
);
