/** A button that shows an icon and says its name to those who can't see it. */
import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<"button">, "aria-label" | "title"> & { label: string };

export const IconButton = ({ label, className = "", ...rest }: Props) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    className={`inline-grid size-7 place-items-center rounded-md text-ink-3 transition-colors hover:bg-idle-soft hover:text-ink ${className}`}
    {...rest}
  />
);
