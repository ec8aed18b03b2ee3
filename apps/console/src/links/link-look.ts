/** How a name that leads to the thing looks. */
export const linkLook = "text-accent underline-offset-2 hover:underline";
