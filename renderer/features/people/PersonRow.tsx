import { useTranslation } from 'react-i18next';
import type { Person } from '../../../shared/domain/records.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { useInsertPerson } from './useInsertPerson.ts';

/** One person of the list, with what one does most. */
export function PersonRow({
  person,
  warning,
  onEdit,
  onRemove,
}: {
  person: Person;
  warning: string | null;
  onEdit(): void;
  onRemove(): void;
}) {
  const { t } = useTranslation();
  const { session, open } = useWorkbench();
  const insert = useInsertPerson();
  return (
    <li className="person-row">
      <button
        type="button"
        className="link-button person-name"
        onClick={() => open({ kind: 'person', personId: person.id })}
      >
        {person.pseudonym || '—'}*
      </button>
      <p className="soft">
        {t(`people.roles.${person.role}`)} ·{' '}
        {person.consent === 'none' ? t('people.noConsentWarning') : t(`people.consents.${person.consent}`)}
      </p>
      {warning && <p className="person-warning">{warning}</p>}
      {!session.readOnly && (
        <div className="actions">
          <button
            type="button"
            className="button"
            aria-label={t('people.insertNamed', { name: person.pseudonym })}
            onClick={() => insert(person)}
          >
            {t('people.insert')}
          </button>
          <button
            type="button"
            className="button quiet"
            aria-label={t('people.editNamed', { name: person.pseudonym })}
            onClick={onEdit}
          >
            {t('common.edit')}
          </button>
          <button
            type="button"
            className="button quiet"
            aria-label={t('people.removeNamed', { name: person.pseudonym })}
            onClick={onRemove}
          >
            {t('common.remove')}
          </button>
        </div>
      )}
    </li>
  );
}
