/** A labelled text field. */
import { type ComponentProps, useId } from "react";

type Props = ComponentProps<"input"> & { label: string };

export const Field = ({ label, ...rest }: Props) => {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-[550] text-ink-2">
        {label}
      </label>
      <input
        id={id}
        className="min-h-9 w-full rounded-md border border-line-strong bg-panel px-2.5 py-1.5 text-base text-ink outline-offset-1 aria-invalid:border-bad"
        {...rest}
      />
    </div>
  );
};
