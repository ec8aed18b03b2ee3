/** Oneself: who one is here, one's password, and how the console looks. */
import { trpc } from "../../api/trpc.ts";
import { Section } from "../../components/section.tsx";
import { ThemeSwitch } from "../../components/theme-switch.tsx";
import { useSession } from "../../session/use-session.ts";
import { OwnName } from "./own-name.tsx";
import { OwnPassword } from "./own-password.tsx";
import { roleWords } from "./role-words.ts";

const Facts = () => {
  const state = useSession();
  if (state.kind !== "signed_in") return null;
  const { email, name, role } = state.session.user;
  return (
    <>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-y-2">
        <dt className="text-ink-3">E-mail</dt>
        <dd className="truncate">{email}</dd>
        <dt className="text-ink-3">Role</dt>
        <dd>{roleWords[role]}</dd>
        {role === "user" && (
          <>
            <dt className="text-ink-3">Name</dt>
            <dd>{name ?? "–"}</dd>
          </>
        )}
      </dl>
      {role === "admin" && <OwnNameOnceKnown />}
    </>
  );
};

const OwnNameOnceKnown = () => {
  const { data } = trpc.auth.user.useQuery();
  return data === undefined ? null : <OwnName user={data} />;
};

export const AccountTab = () => {
  const state = useSession();
  const isAdmin = state.kind === "signed_in" && state.session.user.role === "admin";
  return (
    <>
      <Section title="You" about={isAdmin ? "Your name stands beside what you change." : "An admin can change your name and your role."}>
        <Facts />
      </Section>
      <Section title="Password" about="Wherever else you are signed in, you are signed out when it changes. This window stays.">
        <OwnPassword />
      </Section>
      <Section title="Theme" about="Kept in this browser.">
        <ThemeSwitch />
      </Section>
    </>
  );
};
