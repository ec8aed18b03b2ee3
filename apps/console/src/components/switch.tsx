/** On or off, done at once. */
import { Switch as Base } from "@base-ui/react/switch";

type Props = { label: string; isOn: boolean; isDisabled?: boolean; onChange: (isOn: boolean) => void };

export const Switch = ({ label, isOn, isDisabled = false, onChange }: Props) => (
  <Base.Root
    aria-label={label}
    checked={isOn}
    disabled={isDisabled}
    onCheckedChange={onChange}
    className="relative inline-flex h-5 w-9 shrink-0 rounded-full border border-line-strong bg-idle-soft p-0.5 transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
  >
    <Base.Thumb className="size-3.5 rounded-full bg-line-strong transition-transform data-checked:translate-x-4 data-checked:bg-on-accent" />
  </Base.Root>
);
