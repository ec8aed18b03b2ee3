/** A group's name, leading to the group. */
import { Link } from "@tanstack/react-router";
import { linkLook } from "./link-look.ts";

export const GroupLink = ({ id, name }: { id: string; name: string }) => (
  <Link to="/groups/$groupId" params={{ groupId: id }} className={linkLook}>
    {name}
  </Link>
);
