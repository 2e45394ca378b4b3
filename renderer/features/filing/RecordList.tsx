import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InlineConfirm } from '../../ui/InlineConfirm.tsx';

/** A list of dated entries, each edited in its own place; removing asks first. */
export function RecordList<R extends { id: string }>({
  title,
  empty,
  add,
  records,
  readOnly,
  nameOf,
  view,
  form,
  onRemove,
  onInsert,
}: {
  title: string;
  empty: string;
  add: string;
  records: readonly R[];
  readOnly: boolean;
  nameOf(record: R): string;
  view(record: R): ReactNode;
  /** The form for a record, or for a new one (null). */
  form(record: R | null, onDone: () => void): ReactNode;
  onRemove(record: R): void;
  /** Puts the entry into the letter at the caret. */
  onInsert(record: R): void;
}) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<string | 'new' | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const done = () => setEditing(null);
  return (
    <section aria-label={title}>
      <h3 className="panel-title">{title}</h3>
      {records.length === 0 && editing !== 'new' && <p className="empty">{empty}</p>}
      <ul className="record-list">
        {records.map((record) => (
          <li key={record.id}>
            {editing === record.id ? (
              form(record, done)
            ) : removing === record.id ? (
              <InlineConfirm
                question={t('filing.confirmRemove')}
                action={t('common.remove')}
                onCancel={() => setRemoving(null)}
                onConfirm={() => {
                  setRemoving(null);
                  onRemove(record);
                }}
              />
            ) : (
              <div className="record-row">
                <div className="grow">{view(record)}</div>
                {!readOnly && (
                  <div className="record-actions">
                    <button
                      type="button"
                      className="button quiet"
                      title={t('filing.insertHint')}
                      aria-label={t('filing.insertNamed', { name: nameOf(record) })}
                      onClick={() => onInsert(record)}
                    >
                      {t('filing.insert')}
                    </button>
                    <button
                      type="button"
                      className="button quiet"
                      aria-label={t('filing.editNamed', { name: nameOf(record) })}
                      onClick={() => setEditing(record.id)}
                    >
                      {t('common.edit')}
                    </button>
                    <button
                      type="button"
                      className="button quiet"
                      aria-label={t('filing.removeNamed', { name: nameOf(record) })}
                      onClick={() => setRemoving(record.id)}
                    >
                      {t('common.remove')}
                    </button>
                  </div>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {!readOnly &&
        (editing === 'new' ? (
          form(null, done)
        ) : (
          <button type="button" className="button" onClick={() => setEditing('new')}>
            {add}
          </button>
        ))}
    </section>
  );
}
