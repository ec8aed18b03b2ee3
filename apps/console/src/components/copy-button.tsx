/** Copies a text and says that it did. */
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button.tsx";

const saidForMs = 1_500;

export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saidForMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <>
      <IconButton label={copied ? "Copied" : `Copy ${what}`} onClick={copy} className="-my-1 size-6 self-center">
        {copied ? <Check size={13} aria-hidden className="text-ok" /> : <Copy size={13} aria-hidden />}
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? `Copied ${what}.` : ""}
      </span>
    </>
  );
};
