/** The three addresses for Cloudonix, with what each is for. */
type Webhooks = { voiceApplication: string; sessionUpdate: string; cdr: string };

export const webhookLines = ({ voiceApplication, sessionUpdate, cdr }: Webhooks) => [
  { name: "Voice application", text: voiceApplication, note: "Asks where each call goes." },
  { name: "Session updates", text: sessionUpdate, note: "Tell that a call rings, is answered, has ended." },
  { name: "CDRs", text: cdr, note: "Tell how long a call took, once it is over." },
];
