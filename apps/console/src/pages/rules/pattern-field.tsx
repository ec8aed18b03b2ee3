/** Numbers as a rule names them, explained while they are typed. */
import type { ComponentProps } from "react";
import { Field } from "../../components/field.tsx";
import type { PatternReading } from "../../format/pattern-words.ts";

type Props = Omit<ComponentProps<typeof Field>, "hint"> & {
  reading: PatternReading | null;
  /** How it is written; shown while nothing is typed. */
  help: string;
};

/** What is wrong is told when the field is left: most patterns are wrong while they are half typed. */
export const PatternField = ({ reading, help, error, ...rest }: Props) => (
  <Field
    {...rest}
    error={error}
    isMono
    autoComplete="off"
    spellCheck={false}
    {...(error === undefined ? { hint: reading?.ok === true ? reading.text : help } : {})}
  />
);
