/** Who is called, by whom, and what becomes of it: a call that nobody makes, through the real door. */
import { testCallInput } from "@switchboard/routing/input/test-call";
import type { ReactNode } from "react";
import { failureOf } from "../api/failure.ts";
import { trpc } from "../api/trpc.ts";
import { Button } from "../components/button.tsx";
import { Field } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { keepFocus } from "../forms/keep-focus.ts";
import { useCreating } from "../forms/use-creating.ts";
import { useFormOf } from "../forms/use-form-of.ts";
import { CourseField } from "./course-field.tsx";

/** Of the numbers that are kept for fiction. */
const sampleCaller = "+15550100142";

type Props = {
  /** What a rule takes; null when no rule does. */
  suggestedTo: string | null;
  onPlaced: (callId: string) => void | Promise<void>;
  /** Other ways out, beside the button. */
  beside?: ReactNode;
};

const useTestCall = ({ suggestedTo, onPlaced }: Props) => {
  const form = useFormOf(testCallInput, { to: suggestedTo ?? "", from: sampleCaller, course: "answered" });
  const place = trpc.testCalls.place.useMutation();
  const placing = useCreating({
    form,
    create: (values) => place.mutateAsync(values),
    onCreated: ({ callId }) => onPlaced(callId),
  });
  return { form, placing };
};

const Numbers = ({ form, suggestedTo }: { form: ReturnType<typeof useTestCall>["form"]; suggestedTo: string | null }) => {
  const { errors } = form.formState;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Number called"
        type="tel"
        autoComplete="off"
        isMono
        autoFocus
        hint={suggestedTo === null ? "No rule is enabled that takes every caller." : "One that your first rule takes."}
        error={errors.to?.message}
        {...form.register("to")}
      />
      <Field
        label="Caller"
        type="tel"
        autoComplete="off"
        isMono
        hint="Empty: withheld."
        error={errors.from?.message}
        {...form.register("from")}
      />
    </div>
  );
};

export const TestCallForm = (props: Props) => {
  const { form, placing } = useTestCall(props);
  const { failure, isPending } = placing;
  return (
    <form
      noValidate
      aria-label="Test call"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        placing.submit();
      }}
    >
      <Numbers form={form} suggestedTo={props.suggestedTo} />
      <CourseField {...form.register("course")} />
      {failure !== null && !failure.isPlaced && <Notice tone="bad">Not placed. {failureOf(failure.error).message}</Notice>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" weight="primary" {...keepFocus} aria-disabled={isPending}>
          {isPending ? "Placing…" : "Place the call"}
        </Button>
        {props.beside}
      </div>
    </form>
  );
};
