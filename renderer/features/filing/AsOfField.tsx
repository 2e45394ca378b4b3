import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field.tsx';

/** The day an entry was last checked, as ISO date; empty for never. */
export function AsOfField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { t } = useTranslation();
  return (
    <Field label={t('filing.asOf')} hint={t('filing.asOfHint')}>
      {(control) => (
        <input
          {...control}
          className="input"
          type="date"
          value={/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
