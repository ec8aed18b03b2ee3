/** One thing that the palette offers. */
import type { LucideIcon } from "lucide-react";

export type PaletteEntry = {
  /** One of its kind. */
  id: string;
  label: string;
  Icon: LucideIcon;
  /** Told beside the name, in small: a key, a kind. */
  more?: string;
  /** Other words that people type for it. */
  also?: string;
  run: () => void;
};

/** Every word that was typed is somewhere in the name or the words for it. */
export const isMeant = ({ label, also = "" }: PaletteEntry, typed: string): boolean => {
  const text = `${label} ${also}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};
