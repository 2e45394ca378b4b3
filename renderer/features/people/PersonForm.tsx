import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../../shared/domain/ids.ts';
import type { Person } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { SelectField, TextArea, TextField } from '../../ui/Field.tsx';
import { freshId } from '../../ui/freshId.ts';
import { useRecords } from '../../ui/useSession.ts';
import { findNameClash } from './findNameClash.ts';

const ROLES = [
  'complainant',
  'witness',
  'public-source',
  'relative',
  'other',
] as const satisfies readonly Person['role'][];
const CONSENTS = [
  'none',
  'own-org',
  'coalition',
  'crcl-pseudonym',
  'crcl-identity',
  'public',
  'press',
] as const satisfies readonly Person['consent'][];

/** Adds a person (`person` null) or edits one; only changed fields are written. */
export function PersonForm({
  session,
  person,
  onDone,
}: {
  session: ComplaintSession;
  person: Person | null;
  onDone(personId: PersonId | null): void;
}) {
  const { t } = useTranslation();
  const people = useRecords(session, 'people');
  const [pseudonym, setPseudonym] = useState(person?.pseudonym ?? '');
  const [role, setRole] = useState<Person['role']>(person?.role ?? 'complainant');
  const [consent, setConsent] = useState<Person['consent']>(person?.consent ?? 'none');
  const [note, setNote] = useState(person?.note ?? '');
  const [tried, setTried] = useState(false);
  const name = pseudonym.trim().replace(/\*+$/, '');
  const clash = findNameClash(
    name,
    people.filter((other) => other.id !== person?.id),
  );
  const error =
    clash?.kind === 'same'
      ? t('people.duplicate', { name: clash.other.pseudonym })
      : tried && !name
        ? t('people.nameless')
        : null;

  const save = () => {
    setTried(true);
    if (!name || clash?.kind === 'same') return;
    const id = person?.id ?? freshId<PersonId>();
    const fields = { pseudonym: name, role, consent, note: note.trim() };
    const changed = person
      ? Object.fromEntries(
          Object.entries(fields).filter(([field, value]) => person[field as keyof typeof fields] !== value),
        )
      : fields;
    if (Object.keys(changed).length > 0) session.writeRecord('people', { id, ...changed });
    onDone(id);
  };
  return (
    <form
      className="card"
      aria-label={person ? t('people.editPerson') : t('people.newPerson')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onDone(null);
        }
      }}
    >
      <TextField
        label={t('people.pseudonym')}
        hint={t('people.pseudonymHint')}
        error={error}
        value={pseudonym}
        maxLength={60}
        autoFocus
        onChange={setPseudonym}
      />
      {clash?.kind === 'initial' && (
        <p className="note-line thin" role="status">
          {t('people.sharedInitials', { name, other: clash.other.pseudonym, initial: clash.initial })}
        </p>
      )}
      <SelectField
        label={t('people.role')}
        value={role}
        onChange={setRole}
        options={ROLES.map((value) => ({ value, title: t(`people.roles.${value}`) }))}
      />
      <SelectField
        label={t('people.consent')}
        value={consent}
        onChange={setConsent}
        options={CONSENTS.map((value) => ({ value, title: t(`people.consents.${value}`) }))}
      />
      <TextArea
        label={`${t('people.note')} (${t('common.optional')})`}
        hint={t('people.noteHint')}
        value={note}
        rows={2}
        onChange={setNote}
      />
      <div className="actions end">
        <button type="button" className="button" onClick={() => onDone(null)}>
          {t('common.cancel')}
        </button>
        <button type="submit" className="button">
          {t('common.save')}
        </button>
      </div>
    </form>
  );
}
