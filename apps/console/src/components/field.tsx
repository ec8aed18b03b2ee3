/** A labelled text field. */
import type { ComponentProps } from "react";
import { FieldFrame, type FieldWords, inputLook } from "./field-frame.tsx";

type Props = Omit<ComponentProps<"input">, "id" | "className"> & FieldWords & { className?: string; isMono?: boolean };

export const Field = ({ label, hint, error, isLabelHidden, className, isMono = false, ...rest }: Props) => (
  <FieldFrame {...{ label, hint, error, isLabelHidden, className }}>
    {(ids) => <input {...ids} className={`${inputLook} ${isMono ? "font-mono" : ""}`} {...rest} />}
  </FieldFrame>
);
