/** A text that one takes along: its name, the text as it is, and a button that copies it. */
import { CopyButton } from "./copy-button.tsx";

export const CopiedLine = ({ name, text, note }: { name: string; text: string; note?: string }) => (
  <div className="grid gap-1">
    <dt className="font-[550] text-ink-2">{name}</dt>
    <dd className="flex items-start gap-1 rounded-md border border-line bg-sunken py-1.5 pr-1.5 pl-2.5">
      <code className="num min-w-0 flex-1 break-all leading-5">{text}</code>
      <CopyButton text={text} what={name} />
    </dd>
    {note !== undefined && <dd className="text-xs text-ink-3">{note}</dd>}
  </div>
);
