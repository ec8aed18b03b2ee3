/** A password: hidden until one wants to see it, with a word when Caps Lock is on. */
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type KeyboardEvent, useState } from "react";
import { FieldFrame, type FieldWords, inputLook } from "./field-frame.tsx";
import { IconButton } from "./icon-button.tsx";

type Props = Omit<ComponentProps<"input">, "id" | "className" | "type"> & FieldWords & { autoComplete: string };

export const PasswordField = ({ label, hint, error, isLabelHidden, ...rest }: Props) => {
  const [isShown, setShown] = useState(false);
  const [isCapsOn, setCapsOn] = useState(false);
  const look = (event: KeyboardEvent) => setCapsOn(event.getModifierState("CapsLock"));
  return (
    <FieldFrame {...{ label, error, isLabelHidden }} hint={isCapsOn ? <span className="text-ring">Caps Lock is on.</span> : hint}>
      {(ids) => (
        <div className="relative">
          <input {...ids} {...rest} type={isShown ? "text" : "password"} onKeyDown={look} onKeyUp={look} className={`${inputLook} pr-10`} />
          <IconButton
            label={isShown ? "Hide what is typed" : "Show what is typed"}
            onClick={() => setShown(!isShown)}
            className="absolute top-1 right-1"
          >
            {isShown ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
          </IconButton>
        </div>
      )}
    </FieldFrame>
  );
};
