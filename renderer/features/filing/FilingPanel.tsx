import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SAMPLE_LEGEND } from '../../../shared/domain/records.ts';
import { findUnsupportedClaims } from '../../../shared/filing/buildCoverage.ts';
import type { Response } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { commandTitle } from '../../ui/commands/commandWords.ts';
import { SelectField } from '../../ui/Field.tsx';
import { freshId } from '../../ui/freshId.ts';
import { useDocumentIndex, useMeta, useRecords, useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { AuthoritiesEditor } from './AuthoritiesEditor.tsx';
import { ExportReceipt } from './ExportReceipt.tsx';
import { FiledImages } from './FiledImages.tsx';
import { MissingGate } from './MissingGate.tsx';
import { RecipientsEditor } from './RecipientsEditor.tsx';
import { suggestFileName } from './suggestFileName.ts';
import { useFilingLog } from './useFilingLog.ts';
import './filing.css';

type Receipt = NonNullable<Response<'filing/export-docx'>>;

/** What will be written, what is still missing, and the step that writes it. */
export function FilingPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { editor, language, place, open, notify, announce } = useWorkbench();
  const meta = useMeta(session);
  const index = useDocumentIndex();
  const claims = useRecords(session, 'claims');
  const links = useRecords(session, 'links');
  const exhibits = useRecords(session, 'exhibits');
  const recipients = useRecords(session, 'recipients');
  const organizations = useRecords(session, 'organizations');
  const status = useStatus(session);
  const log = useFilingLog(session);
  const [busy, setBusy] = useState(false);
  const [receipt, setReceipt] = useState<Receipt | null>(null);

  const unsupportedCount = findUnsupportedClaims({ claims, links, exhibits, placedClaims: index.claims.keys() }).length;
  // [DO15] The index is a new one after each change of the text.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of it is why the text is read again
  const openCount = useMemo(() => editor?.suggestions.list().length ?? 0, [editor, index]);
  const cited = new Set(index.citations.map((citation) => citation.exhibitId));
  const citedCount = exhibits.filter((exhibit) => cited.has(exhibit.id)).length;
  const paragraphCount = index.blocks.reduce((most, block) => Math.max(most, block.number ?? 0), 0);
  const number = (value: number) => formatNumber(value, language);

  const previewing = place?.kind === 'filing' && place.preview === true;
  const gap = status.missing.length > 0;
  /** `reason`: why although changes are missing; it stays in the complaint once the file is written. */
  const write = async (reason?: string) => {
    if (busy || (gap && reason === undefined)) return;
    setBusy(true);
    setReceipt(null);
    announce(t('filing.exporting'));
    const answer = await ask('filing/export-docx', {
      complaintId: session.complaintId,
      snapshot: session.takeSnapshot(),
      suggestedName: suggestFileName(meta.title, t('filing.fileName')),
    });
    setBusy(false);
    if (!answer.ok) notify(answer.error);
    else if (answer.value === null) notify({ code: 'export-cancelled' });
    else {
      setReceipt(answer.value);
      if (reason !== undefined)
        log.write({
          id: freshId(),
          atMs: Date.now(),
          who: organizations.find(({ id }) => id === session.organizationId)?.name ?? '',
          names: [...new Set(status.missing.map(({ organization }) => organization || t('missing.somebody')))].join(
            ', ',
          ),
          changes: status.missing.reduce((sum, { count }) => sum + count, 0),
          reason,
        });
      notify({ code: 'export-saved' });
    }
  };
  return (
    <section aria-label={t('filing.title')}>
      <h2 className="panel-title">{t('filing.title')}</h2>
      {gap && <MissingGate session={session} status={status} busy={busy} onGoOn={(reason) => void write(reason)} />}
      <p className="soft">{t('filing.document')}</p>
      {meta.sample && <p className="note-line thin filing-legend">{t('filing.sample', { legend: SAMPLE_LEGEND })}</p>}
      <SelectField
        label={t('spelling.document')}
        hint={t('spelling.documentHint')}
        value={meta.language}
        disabled={session.readOnly || status.role === 'reviewer'}
        onChange={(chosen) => session.writeMeta({ language: chosen })}
        options={[
          { value: 'en', title: t('common.english') },
          { value: 'es', title: t('common.spanish') },
        ]}
      />
      <h3 className="label">{t('filing.what')}</h3>
      <dl className="facts">
        <div>
          <dt>{t('filing.paragraphs')}</dt>
          <dd>{number(paragraphCount)}</dd>
        </div>
        <div>
          <dt>{t('filing.words')}</dt>
          <dd>{number(index.wordCount)}</dd>
        </div>
        <div>
          <dt>{t('filing.exhibits')}</dt>
          <dd>{t('filing.exhibitsValue', { total: number(exhibits.length), cited: number(citedCount) })}</dd>
        </div>
        <div>
          <dt>{t('filing.claims')}</dt>
          <dd>{number(claims.length)}</dd>
        </div>
        <div>
          <dt>{t('filing.recipients')}</dt>
          <dd>{number(recipients.length)}</dd>
        </div>
      </dl>
      <FiledImages />
      {openCount > 0 && (
        <p className="filing-check">
          <span className="chip thin">{t('suggestions.notFiled', { count: openCount })}</span>{' '}
          <button type="button" className="link-button" onClick={() => open({ kind: 'suggestions' })}>
            {t('suggestions.open')}
          </button>
        </p>
      )}
      {unsupportedCount > 0 ? (
        <p className="filing-check">
          <span className="chip missing">{t('filing.unsupported', { count: unsupportedCount })}</span>{' '}
          <button type="button" className="link-button" onClick={() => open({ kind: 'unsupported' })}>
            {t('filing.seeUnsupported')}
          </button>
        </p>
      ) : (
        claims.length > 0 && (
          <p className="filing-check">
            <span className="chip proved">{t('filing.allSupported')}</span>
          </p>
        )
      )}
      <p className="soft filing-clean">{t('filing.clean')}</p>
      <div className="actions">
        <button
          type="button"
          className="button"
          title={commandTitle(t, 'preview')}
          aria-pressed={previewing}
          onClick={() => open({ kind: 'filing', ...(previewing ? {} : { preview: true }) })}
        >
          {t('pages.previewOpen')}
        </button>
        {!gap && (
          <button type="button" className="button" disabled={busy} aria-busy={busy} onClick={() => void write()}>
            {busy ? t('filing.exporting') : t('filing.export')}
          </button>
        )}
      </div>
      {receipt && <ExportReceipt receipt={receipt} />}
      {log.entries.length > 0 && (
        <>
          <h3 className="label">{t('filingGap.log')}</h3>
          <ul className="filing-log">
            {log.entries.map(({ id, atMs, changes, names, who, reason }) => (
              <li key={id}>
                {t('filingGap.entry', {
                  date: formatDate(atMs, language),
                  changes: t('filingGap.changes', { count: changes }),
                  names,
                  who,
                  reason,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      <hr className="divider" />
      <RecipientsEditor session={session} />
      <hr className="divider" />
      <AuthoritiesEditor session={session} />
    </section>
  );
}
