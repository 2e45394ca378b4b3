import { useTranslation } from 'react-i18next';

export type FindOption = 'matchCase' | 'matchAccents' | 'wholeWord' | 'pattern';

/** What stands on the small buttons; a name says it in words. */
const SIGNS: readonly { option: FindOption; sign: string }[] = [
  { option: 'matchCase', sign: 'Aa' },
  { option: 'matchAccents', sign: 'áa' },
  { option: 'wholeWord', sign: '|ab|' },
  { option: 'pattern', sign: '.*' },
];

/** Switches of find: capital letters, accents, whole words, regular expression. */
export function FindOptions({
  options,
  onChange,
}: {
  options: Record<FindOption, boolean>;
  onChange(options: Record<FindOption, boolean>): void;
}) {
  const { t } = useTranslation();
  return SIGNS.map(({ option, sign }) => (
    <button
      key={option}
      type="button"
      className={`tool ${options[option] ? 'on' : ''}`}
      aria-label={t(`find.${option}`)}
      title={t(`find.${option}`)}
      aria-pressed={options[option]}
      onClick={() => onChange({ ...options, [option]: !options[option] })}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  ));
}
