/** What is set at Cloudonix, as it is and as it would be or should be. */
import { settingWords } from "./connection-words.ts";

type Setting = { name: string; before: string | null; after: string | null; isSame?: boolean };

const Value = ({ text }: { text: string | null }) => (text === null ? <span className="text-ink-3">not set</span> : text);

export const SettingTable = ({ label, heads, settings }: { label: string; heads: [string, string]; settings: readonly Setting[] }) => (
  <table aria-label={label} className="w-full table-fixed text-left">
    <thead className="text-xs text-ink-3">
      <tr className="border-b border-line max-sm:sr-only">
        <th className="w-36 py-1.5 pr-3 font-medium">At the domain</th>
        <th className="py-1.5 pr-3 font-medium">{heads[0]}</th>
        <th className="py-1.5 font-medium">{heads[1]}</th>
      </tr>
    </thead>
    <tbody className="divide-y divide-line">
      {settings.map(({ name, before, after, isSame = false }) => (
        <tr key={name} className="align-baseline max-sm:grid max-sm:py-2">
          <th scope="row" className="py-1.5 pr-3 font-[550]">
            {settingWords(name)}
          </th>
          <td className="py-1.5 pr-3 break-words text-ink-2 max-sm:py-0.5">
            <span className="text-xs text-ink-3 sm:sr-only">{heads[0]}: </span>
            <Value text={before} />
          </td>
          <td className="py-1.5 break-words max-sm:py-0.5">
            <span className="text-xs text-ink-3 sm:sr-only">{heads[1]}: </span>
            {isSame ? <span className="text-ink-3">stays</span> : <Value text={after} />}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
