import { useTranslation } from 'react-i18next';
import type { Claim } from '../../../shared/domain/records.ts';
import { useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { togglePerson } from './togglePerson.ts';

/** Whom the claim is about: one switch a person. */
export function ClaimPeople({
  claim,
  onChange,
  readOnly,
}: {
  claim: Claim;
  onChange(people: string): void;
  readOnly: boolean;
}) {
  const { t } = useTranslation();
  const { session, openTab } = useWorkbench();
  const people = useRecords(session, 'people');
  const chosen = new Set(claim.people.split(' '));
  return (
    <fieldset className="field">
      <legend>{t('claims.fields.people')}</legend>
      {people.length === 0 ? (
        <p className="hint">
          {t('claims.noPeople')}{' '}
          <button type="button" className="link-button" onClick={() => openTab('people')}>
            {t('claims.openPeople')}
          </button>
        </p>
      ) : (
        <div className="claim-people">
          {people.map((person) => (
            <button
              key={person.id}
              type="button"
              className="chip claim-people__person"
              aria-pressed={chosen.has(person.id)}
              disabled={readOnly}
              onClick={() => onChange(togglePerson(claim.people, person.id))}
            >
              <span aria-hidden="true">{chosen.has(person.id) ? '✓' : '+'}</span>{' '}
              {person.pseudonym || t('claims.unnamedPerson')}*
            </button>
          ))}
        </div>
      )}
    </fieldset>
  );
}
