/** A telephone number as people write it, copied as machines do. */
import { usePhoneFormat } from "../format/phone.ts";
import { CopyButton } from "./copy-button.tsx";

export const PhoneText = ({ number, isCopied = false }: { number: string; isCopied?: boolean }) => {
  const format = usePhoneFormat();
  return (
    <span className="inline-flex items-baseline gap-1">
      <span className="num whitespace-nowrap">{format(number)}</span>
      {isCopied && <CopyButton text={number} what={`number ${number}`} />}
    </span>
  );
};
