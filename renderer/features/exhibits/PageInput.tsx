import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** "Page [7] of 12": goes there on Enter or when left; anything but a number is put back. */
export function PageInput({
  page,
  pageCount,
  onPage,
}: {
  page: number;
  pageCount: number;
  onPage(page: number): void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const wanted = Number.parseInt(draft ?? '', 10);
    if (Number.isInteger(wanted)) onPage(wanted);
    setDraft(null);
  };
  return (
    <span className="page-input">
      <label htmlFor={id}>{t('exhibits.page')}</label>
      <input
        id={id}
        className="input"
        inputMode="numeric"
        size={String(pageCount).length + 1}
        value={draft ?? String(page)}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape' && draft !== null) {
            event.stopPropagation();
            setDraft(null);
          }
        }}
      />
      <span>{t('exhibits.ofPages', { count: pageCount })}</span>
    </span>
  );
}
