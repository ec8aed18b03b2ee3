/** Leads to a rule of the page, and leaves the rest of the address as it is. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RulesPage } from "./use-rules-address.ts";

type Props = { page: RulesPage; id: string; children: ReactNode; className?: string; title?: string };

export const RuleWay = ({ page, id, ...rest }: Props) => (
  <Link from={page} to="." search={(now) => ({ ...now, rule: id, new: undefined })} {...rest} />
);
