/** A link that looks like a button, for what leads to another page. */
import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { buttonLook, type ButtonWeight } from "./button.tsx";

type Props = ComponentProps<"a"> & { weight?: ButtonWeight };

export const LinkButton = createLink(({ weight = "plain", className = "", children, ...rest }: Props) => (
  <a className={`${buttonLook(weight)} ${className}`} {...rest}>
    {children}
  </a>
));
