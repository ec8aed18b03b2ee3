/** An agent's password: it can be set, replaced and taken away, and is never shown again. */
import { useId } from "react";
import { useController, useFormContext } from "react-hook-form";
import { Button } from "../../components/button.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import type { AgentValues } from "./agent-form.ts";

type KeptProps = { password: string | null | undefined; onChange: (password: string | null | undefined) => void };

/** What is said instead of the password, with what can be done about it. */
const Kept = ({ password, onChange }: KeptProps) => {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="grid content-start gap-1.5">
      <span id={id} className="font-[550] text-ink-2">
        Password
      </span>
      <div className="flex min-h-9 flex-wrap items-center gap-2">
        {password === undefined ? (
          <>
            <span>A password is set.</span>
            <Button onClick={() => onChange("")}>Replace</Button>
            <Button onClick={() => onChange(null)}>Remove</Button>
          </>
        ) : (
          <>
            <span className="text-ring">Will be removed when you save.</span>
            <Button onClick={() => onChange(undefined)}>Keep it</Button>
          </>
        )}
      </div>
    </div>
  );
};

/** `hasPassword`: one is kept already. */
export const AgentPassword = ({ hasPassword }: { hasPassword: boolean }) => {
  const { control } = useFormContext<AgentValues>();
  const { field, fieldState } = useController<AgentValues, "password">({ control, name: "password" });
  const { ref, name, onBlur, value: password, onChange } = field;
  if (hasPassword && (password === undefined || password === null)) return <Kept password={password} onChange={onChange} />;
  return (
    <div className="grid content-start gap-1.5">
      <PasswordField
        label={hasPassword ? "New password" : "Password"}
        ref={ref}
        name={name}
        onBlur={onBlur}
        value={password ?? ""}
        onChange={({ target: { value } }) => onChange(value === "" && !hasPassword ? undefined : value)}
        autoComplete="new-password"
        hint="Kept encrypted; it is never shown again."
        error={fieldState.error?.message}
      />
      {hasPassword && (
        <Button className="justify-self-start" onClick={() => onChange(undefined)}>
          Keep the old one
        </Button>
      )}
    </div>
  );
};
