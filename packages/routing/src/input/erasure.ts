/** What an admin says to have a number erased. */
import { z } from "zod";
import { textInput } from "./text.ts";

export const erasureInput = z.strictObject({
  /** In any writing; without a country code it is one of the tenant's country. */
  number: textInput(64),
});
export type ErasureInput = z.input<typeof erasureInput>;
