/** A form over one of the server's own input schemas: what the server would refuse is told beside the field, before and after it is asked. */
import { zodResolver } from "@hookform/resolvers/zod";
import { type DefaultValues, type FieldPath, type FieldValues, type UseFormReturn, useForm } from "react-hook-form";
import type { z } from "zod";
import { fieldIssuesOf } from "../api/failure.ts";

export const useFormOf = <Values extends FieldValues, Output>(schema: z.ZodType<Output, Values>, defaultValues: DefaultValues<Values>) =>
  useForm<Values, unknown, Output>({ resolver: zodResolver(schema), defaultValues, mode: "onTouched" });

/**
 * Puts what the server has against single fields beside them. Answers whether all of it found its place: what did not
 * is to be shown above the form.
 */
export const showIssues = <Values extends FieldValues, Output>(form: UseFormReturn<Values, unknown, Output>, error: unknown): boolean => {
  const issues = fieldIssuesOf(error);
  const names = new Set(Object.keys(form.getValues()));
  const placed = issues.filter(({ path }) => isFieldPath<Values>(path, names));
  for (const [index, { path, message }] of placed.entries()) {
    if (isFieldPath<Values>(path, names)) form.setError(path, { type: "server", message }, { shouldFocus: index === 0 });
  }
  return issues.length > 0 && placed.length === issues.length;
};

const isFieldPath = <Values extends FieldValues>(path: string, names: ReadonlySet<string>): path is FieldPath<Values> =>
  names.has(path.split(".")[0] ?? "");
