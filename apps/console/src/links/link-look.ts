/** How a name that leads to the thing looks. */
export const linkLook = "text-accent underline decoration-line-2 underline-offset-2 hover:decoration-current";
