/** Text that an operator types: no more than a column holds, and nothing that the voice document can't say. */
import { z } from "zod";

/** Characters that XML 1.0 has no way to write. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

export const isWritable = (text: string): boolean => text.isWellFormed() && !unwritable.test(text);

export const textInput = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, "This can't be empty.")
    .max(longest, `At most ${longest} characters.`)
    .refine(isWritable, "This holds characters that can't be written in XML.");
