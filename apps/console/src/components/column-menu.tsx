/** Which columns a list has: each on or off, and the way back to how it came. */
import { Menu } from "@base-ui/react/menu";
import { Check, Columns3 } from "lucide-react";
import { Button } from "./button.tsx";

type Props = {
  columns: readonly { id: string; header: string }[];
  hidden: readonly string[];
  onChange: (hidden: readonly string[]) => void;
  /** Null: they are as they came. */
  onReset: (() => void) | null;
};

const itemLook =
  "flex min-h-8 cursor-default items-center gap-2 px-2.5 outline-none data-highlighted:bg-accent-soft data-disabled:text-ink-3";

export const ColumnMenu = ({ columns, hidden, onChange, onReset }: Props) => (
  <Menu.Root>
    <Menu.Trigger render={<Button className="font-normal" />}>
      <Columns3 size={13} aria-hidden />
      Columns
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner sideOffset={6} align="end" className="z-20 outline-none">
        <Menu.Popup
          aria-label="Columns"
          className="min-w-44 rounded-md border border-line-2 bg-panel py-1 text-ink shadow-float outline-none"
        >
          {columns.map(({ id, header }) => (
            <Menu.CheckboxItem
              key={id}
              checked={!hidden.includes(id)}
              onCheckedChange={(isShown) => onChange(isShown ? hidden.filter((each) => each !== id) : [...hidden, id])}
              className={itemLook}
            >
              <span className="grid size-4 place-items-center">
                <Menu.CheckboxItemIndicator>
                  <Check size={13} aria-hidden />
                </Menu.CheckboxItemIndicator>
              </span>
              {header}
            </Menu.CheckboxItem>
          ))}
          <Menu.Separator className="my-1 h-px bg-line" />
          <Menu.Item disabled={onReset === null} onClick={() => onReset?.()} className={`${itemLook} pl-8.5`}>
            As they came
          </Menu.Item>
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
);
