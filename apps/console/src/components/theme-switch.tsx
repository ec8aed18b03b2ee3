/** Light, dark, or as the system says. */
import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { type ThemeChoice, theme, themeChoices } from "../theme/theme.ts";

const faces: Record<ThemeChoice, { label: string; Icon: typeof Sun }> = {
  system: { label: "Theme of the system", Icon: Monitor },
  light: { label: "Light theme", Icon: Sun },
  dark: { label: "Dark theme", Icon: Moon },
};

export const ThemeSwitch = () => {
  const current = useSyncExternalStore(theme.subscribe, theme.get);
  return (
    <fieldset className="inline-flex rounded-md border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {themeChoices.map((choice) => {
        const { label, Icon } = faces[choice];
        return (
          <button
            key={choice}
            type="button"
            aria-label={label}
            title={label}
            aria-pressed={choice === current}
            onClick={() => theme.set(choice)}
            className="grid size-6 place-items-center rounded-[4px] text-ink-3 hover:text-ink aria-pressed:bg-idle-soft aria-pressed:text-ink"
          >
            <Icon size={13} aria-hidden />
          </button>
        );
      })}
    </fieldset>
  );
};
