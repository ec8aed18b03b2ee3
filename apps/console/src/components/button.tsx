/** A button, in the weights the console has. */
import type { ComponentProps } from "react";

const weights = {
  primary: "bg-accent border-accent text-on-accent hover:brightness-110",
  danger: "bg-panel border-bad text-bad hover:bg-bad-soft",
  plain: "bg-panel border-line-2 text-ink hover:border-line-strong",
};

export type ButtonWeight = keyof typeof weights;

export const buttonLook = (weight: ButtonWeight): string =>
  `inline-flex min-h-8 items-center justify-center gap-2 rounded-md border px-3 py-1 font-[550] transition-colors disabled:cursor-default disabled:opacity-60 aria-disabled:cursor-default aria-disabled:opacity-60 ${weights[weight]}`;

type Props = ComponentProps<"button"> & { weight?: ButtonWeight };

export const Button = ({ weight = "plain", className = "", type = "button", ...rest }: Props) => (
  <button type={type} className={`${buttonLook(weight)} ${className}`} {...rest} />
);
