import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipientId } from '../../../shared/domain/ids.ts';
import type { Recipient } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { SelectField, TextArea, TextField } from '../../ui/Field.tsx';
import { freshId } from '../../ui/freshId.ts';
import { useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { AsOfField } from './AsOfField.tsx';
import { AsOfLine } from './AsOfLine.tsx';
import { letterLines } from './letterLines.ts';
import { RecordList } from './RecordList.tsx';

function RecipientForm({
  session,
  recipient,
  nextOrder,
  onDone,
}: {
  session: ComplaintSession;
  recipient: Recipient | null;
  nextOrder: number;
  onDone(): void;
}) {
  const { t } = useTranslation();
  const [block, setBlock] = useState(recipient?.block ?? '');
  const [via, setVia] = useState(recipient?.via ?? '');
  const [kind, setKind] = useState<Recipient['kind']>(recipient?.kind ?? 'to');
  const [asOf, setAsOf] = useState(recipient?.asOf ?? '');
  const [tried, setTried] = useState(false);
  const save = () => {
    setTried(true);
    if (!block.trim()) return;
    session.writeRecord('recipients', {
      id: recipient?.id ?? freshId<RecipientId>(),
      block: block.trim(),
      via: via.trim(),
      kind,
      asOf,
      order: recipient?.order ?? nextOrder,
    });
    onDone();
  };
  return (
    <form
      className="card"
      aria-label={recipient ? t('filing.editRecipient') : t('filing.newRecipient')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextArea
        label={t('filing.block')}
        error={tried && !block.trim() ? t('common.required') : null}
        value={block}
        rows={4}
        onChange={setBlock}
      />
      <TextField label={t('filing.via')} hint={t('filing.viaHint')} value={via} onChange={setVia} />
      <SelectField
        label={t('filing.kind')}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'to', title: t('filing.to') },
          { value: 'cc', title: t('filing.cc') },
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

/** Whom the letter goes to; each entry says when it was last checked. */
export function RecipientsEditor({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { editor, announce } = useWorkbench();
  const records = useRecords(session, 'recipients');
  const recipients = useMemo(() => [...records].sort((a, b) => a.order - b.order), [records]);
  const nextOrder = recipients.reduce((most, recipient) => Math.max(most, recipient.order), 0) + 1;
  return (
    <RecordList
      title={t('filing.recipientsTitle')}
      empty={t('filing.noRecipients')}
      add={t('filing.addRecipient')}
      records={recipients}
      readOnly={session.readOnly}
      nameOf={(recipient) => recipient.block.split('\n')[0] ?? ''}
      onRemove={(recipient) => session.deleteRecord('recipients', recipient.id)}
      onInsert={(recipient) => {
        const done = editor?.insertLines(letterLines(recipient)) ?? false;
        announce(done ? t('filing.inserted') : t('toolbar.cannotInsert'));
        if (done) editor?.focus();
      }}
      form={(recipient, onDone) => (
        <RecipientForm session={session} recipient={recipient} nextOrder={nextOrder} onDone={onDone} />
      )}
      view={(recipient) => (
        <>
          {recipient.kind === 'cc' && <span className="chip">{t('filing.cc')}</span>}
          <p className="record-text">{recipient.block}</p>
          {recipient.via && <p className="soft break-anywhere">{recipient.via}</p>}
          <AsOfLine asOf={recipient.asOf} />
        </>
      )}
    />
  );
}
