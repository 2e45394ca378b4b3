import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compareCodeUnits } from '../../../shared/domain/collections.ts';
import type { Person } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { InlineConfirm } from '../../ui/InlineConfirm.tsx';
import { useRecords } from '../../ui/useSession.ts';
import { findNameClash } from './findNameClash.ts';
import { PersonForm } from './PersonForm.tsx';
import { PersonRow } from './PersonRow.tsx';
import './people.css';

/** Everyone the text speaks about, under the only name the shared document knows. */
export function PeoplePanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const records = useRecords(session, 'people');
  const people = useMemo(() => [...records].sort((a, b) => compareCodeUnits(a.pseudonym, b.pseudonym)), [records]);
  const [editing, setEditing] = useState<Person['id'] | 'new' | null>(null);
  const [removing, setRemoving] = useState<Person['id'] | null>(null);
  const warningOf = (person: Person) => {
    const clash = findNameClash(
      person.pseudonym,
      people.filter((other) => other !== person),
    );
    if (!clash) return null;
    return clash.kind === 'same'
      ? t('people.duplicate', { name: clash.other.pseudonym })
      : t('people.sharedInitials', { name: person.pseudonym, other: clash.other.pseudonym, initial: clash.initial });
  };
  return (
    <section aria-label={t('people.title')}>
      <p className="note-line">{t('people.noRealNames')}</p>
      {people.length === 0 && editing !== 'new' && <p className="empty">{t('people.empty')}</p>}
      <ul className="people">
        {people.map((person) =>
          editing === person.id ? (
            <li key={person.id}>
              <PersonForm session={session} person={person} onDone={() => setEditing(null)} />
            </li>
          ) : removing === person.id ? (
            <li key={person.id}>
              <InlineConfirm
                question={t('people.confirmRemove', { name: person.pseudonym })}
                action={t('common.remove')}
                onCancel={() => setRemoving(null)}
                onConfirm={() => {
                  session.deleteRecord('people', person.id);
                  setRemoving(null);
                }}
              />
            </li>
          ) : (
            <PersonRow
              key={person.id}
              person={person}
              warning={warningOf(person)}
              onEdit={() => setEditing(person.id)}
              onRemove={() => setRemoving(person.id)}
            />
          ),
        )}
      </ul>
      {!session.readOnly &&
        (editing === 'new' ? (
          <PersonForm session={session} person={null} onDone={() => setEditing(null)} />
        ) : (
          <button type="button" className="button" onClick={() => setEditing('new')}>
            {t('people.add')}
          </button>
        ))}
    </section>
  );
}
