import { useTranslation } from 'react-i18next';

/** A recovery code in its numbered groups, large enough to copy by hand. */
export function KitCode({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <ol className="kit-code" aria-label={t('security.kitCode')}>
      {code.split('-').map((characters, index) => (
        <li
          key={characters}
          aria-label={t('security.kitGroup', { group: index + 1, characters: [...characters].join(' ') })}
        >
          <small aria-hidden="true">{index + 1}</small>
          <span aria-hidden="true">{characters}</span>
        </li>
      ))}
    </ol>
  );
}
