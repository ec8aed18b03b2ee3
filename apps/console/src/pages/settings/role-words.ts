/** The two roles, as people call them and what they mean. */
export const roleWords = { admin: "Admin", user: "User" } as const;

export const roleOptions = [
  { value: "user", label: roleWords.user },
  { value: "admin", label: roleWords.admin },
] as const;

export const roleHint = "Users see everything, with numbers masked, and change nothing. Admins see and change everything.";
