import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthorityId } from '../../../shared/domain/ids.ts';
import type { Authority } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { SelectField, TextArea, TextField } from '../../ui/Field.tsx';
import { freshId } from '../../ui/freshId.ts';
import { useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { AsOfField } from './AsOfField.tsx';
import { AsOfLine } from './AsOfLine.tsx';
import { RecordList } from './RecordList.tsx';

function AuthorityForm({
  session,
  authority,
  nextOrder,
  onDone,
}: {
  session: ComplaintSession;
  authority: Authority | null;
  nextOrder: number;
  onDone(): void;
}) {
  const { t } = useTranslation();
  const [citation, setCitation] = useState(authority?.citation ?? '');
  const [use, setUse] = useState(authority?.use ?? '');
  const [basis, setBasis] = useState<Authority['basis']>(authority?.basis ?? 'unchecked');
  const [asOf, setAsOf] = useState(authority?.asOf ?? '');
  const [tried, setTried] = useState(false);
  const save = () => {
    setTried(true);
    if (!citation.trim()) return;
    session.writeRecord('authorities', {
      id: authority?.id ?? freshId<AuthorityId>(),
      citation: citation.trim(),
      use: use.trim(),
      basis,
      asOf,
      order: authority?.order ?? nextOrder,
    });
    onDone();
  };
  return (
    <form
      className="card"
      aria-label={authority ? t('filing.editAuthority') : t('filing.newAuthority')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={t('filing.citation')}
        error={tried && !citation.trim() ? t('common.required') : null}
        value={citation}
        onChange={setCitation}
      />
      <TextArea label={t('filing.use')} value={use} rows={2} onChange={setUse} />
      <SelectField
        label={t('filing.basis')}
        value={basis}
        onChange={setBasis}
        options={[
          { value: 'seen', title: t('filing.seen') },
          { value: 'unchecked', title: t('filing.unchecked') },
        ]}
      />
      <AsOfField value={asOf} onChange={setAsOf} />
      <div className="actions end">
        <button type="button" className="button" onClick={onDone}>
          {t('common.cancel')}
        </button>
        <button type="submit" className="button">
          {t('common.save')}
        </button>
      </div>
    </form>
  );
}

/** The laws the complaint rests on; each entry says its basis and when it was last checked. */
export function AuthoritiesEditor({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { editor, announce } = useWorkbench();
  const records = useRecords(session, 'authorities');
  const authorities = useMemo(() => [...records].sort((a, b) => a.order - b.order), [records]);
  const nextOrder = authorities.reduce((most, authority) => Math.max(most, authority.order), 0) + 1;
  return (
    <RecordList
      title={t('filing.authoritiesTitle')}
      empty={t('filing.noAuthorities')}
      add={t('filing.addAuthority')}
      records={authorities}
      readOnly={session.readOnly}
      nameOf={(authority) => authority.citation}
      onRemove={(authority) => session.deleteRecord('authorities', authority.id)}
      onInsert={(authority) => {
        const done = editor?.insertWords(authority.citation) ?? false;
        announce(done ? t('filing.inserted') : t('toolbar.cannotInsert'));
        if (done) editor?.focus();
      }}
      form={(authority, onDone) => (
        <AuthorityForm session={session} authority={authority} nextOrder={nextOrder} onDone={onDone} />
      )}
      view={(authority) => (
        <>
          <p className="record-text">
            <b>{authority.citation}</b>
          </p>
          {authority.use && <p className="soft">{authority.use}</p>}
          <p className={`as-of ${authority.basis === 'unchecked' ? 'stale' : ''}`}>
            {authority.basis === 'seen' ? t('filing.seen') : t('filing.unchecked')}
          </p>
          <AsOfLine asOf={authority.asOf} />
        </>
      )}
    />
  );
}
