import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../../shared/domain/ids.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useDocumentIndex, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { PersonForm } from './PersonForm.tsx';
import { useInsertPerson } from './useInsertPerson.ts';
import './people.css';

/** The right panel about one person: what the complaint says of them, and the claims they are in. */
export function PersonCard({ session, personId }: { session: ComplaintSession; personId: PersonId }) {
  const { t } = useTranslation();
  const { open, editor } = useWorkbench();
  const person = useRecords(session, 'people').find((record) => record.id === personId);
  const claims = useRecords(session, 'claims');
  const index = useDocumentIndex();
  const insert = useInsertPerson();
  const [editing, setEditing] = useState(false);
  if (!person) return <p className="empty">{t('people.gone')}</p>;
  if (editing) return <PersonForm session={session} person={person} onDone={() => setEditing(false)} />;
  const about = claims.filter((claim) => claim.people.split(' ').includes(personId) && index.claims.has(claim.id));
  return (
    <section aria-label={person.pseudonym}>
      <h2 className="panel-title">{person.pseudonym}*</h2>
      <div className="person-chips">
        <span className="chip">{t(`people.roles.${person.role}`)}</span>
        <span className={`chip ${person.consent === 'none' ? 'thin' : ''}`}>
          {person.consent === 'none'
            ? t('people.noConsentWarning')
            : `${t('people.consent')}: ${t(`people.consents.${person.consent}`)}`}
        </span>
      </div>
      {person.note && <p className="person-note">{person.note}</p>}
      <p className="note-line">{t('people.noRealNames')}</p>
      {!session.readOnly && (
        <div className="actions">
          <button type="button" className="button" onClick={() => insert(person)}>
            {t('people.insert')}
          </button>
          <button type="button" className="button" onClick={() => setEditing(true)}>
            {t('common.edit')}
          </button>
        </div>
      )}
      {about.length > 0 && (
        <>
          <h3 className="label">{t('filing.claims')}</h3>
          <ul>
            {about.map((claim) => {
              const place = index.claims.get(claim.id);
              return (
                <li key={claim.id} className="card">
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => {
                      editor?.reveal({ claimId: claim.id });
                      open({ kind: 'claim', claimId: claim.id });
                    }}
                  >
                    {place?.number != null && `¶ ${place.number} `}
                    {place?.text}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
