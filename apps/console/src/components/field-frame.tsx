/** What every field has around it: its name, a hint, and what is wrong with it. */
import { type ReactNode, useId } from "react";

export type FieldWords = { label: string; hint?: ReactNode; error?: string | undefined; isLabelHidden?: boolean | undefined };

type Ids = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

type Props = FieldWords & { className?: string | undefined; children: (ids: Ids) => ReactNode };

export const FieldFrame = ({ label, hint, error, isLabelHidden = false, className = "", children }: Props) => {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [hint === undefined ? null : hintId, error === undefined ? null : errorId].filter((part) => part !== null).join(" ");
  return (
    <div className={`grid content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "font-[550] text-ink-2"}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": describedBy === "" ? undefined : describedBy,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {hint !== undefined && (
        <p id={hintId} className="text-xs text-ink-3">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={errorId} role="alert" className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
};

/** How everything one types into looks. */
export const inputLook =
  "min-h-9 w-full rounded-md border border-line-strong bg-panel px-2.5 py-1.5 text-base text-ink outline-offset-1 placeholder:text-ink-3 aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-3";
