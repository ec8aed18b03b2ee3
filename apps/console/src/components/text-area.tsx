/** A labelled field of several lines. */
import type { ComponentProps } from "react";
import { FieldFrame, type FieldWords, inputLook } from "./field-frame.tsx";

type Props = Omit<ComponentProps<"textarea">, "id" | "className"> & FieldWords & { isMono?: boolean };

export const TextArea = ({ label, hint, error, isLabelHidden, isMono = false, ...rest }: Props) => (
  <FieldFrame {...{ label, hint, error, isLabelHidden }}>
    {(ids) => <textarea {...ids} className={`${inputLook} ${isMono ? "font-mono text-sm" : ""}`} {...rest} />}
  </FieldFrame>
);
