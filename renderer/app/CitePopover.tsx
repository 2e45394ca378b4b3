import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compareCodeUnits } from '../../shared/domain/collections.ts';
import type { ExhibitId } from '../../shared/domain/ids.ts';
import { SelectField, TextField } from '../ui/Field.tsx';
import { linkClaim } from '../ui/linkClaim.ts';
import { useDocumentIndex, useRecords, useSelectionState } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { ToolbarPopover } from './ToolbarPopover.tsx';

const compareLabels = (a: string, b: string) => a.length - b.length || compareCodeUnits(a, b);

/** Chooses exhibit and page, then cites them at the caret; a claim at the caret is linked too when the exhibit has a file. */
export function CitePopover({ onClose }: { onClose(refocus: boolean): void }) {
  const { t } = useTranslation();
  const { session, editor, openTab } = useWorkbench();
  const exhibits = useRecords(session, 'exhibits');
  const { labels } = useDocumentIndex();
  const claimId = useSelectionState().claimIds.at(-1);
  const [chosen, setChosen] = useState<ExhibitId | null>(null);
  const [page, setPage] = useState('1');
  const [failed, setFailed] = useState(false);
  const options = exhibits
    .map((exhibit) => ({ exhibit, label: labels.get(exhibit.id) ?? '?' }))
    .sort((a, b) => compareLabels(a.label, b.label));
  const current = options.find(({ exhibit }) => exhibit.id === chosen)?.exhibit ?? options[0]?.exhibit;
  const pageNumber = /^\d{1,5}$/.test(page.trim()) ? Number(page) : 0;
  const linkable = claimId !== undefined && current?.sha256 !== '' && pageNumber > 0;
  const insert = () => {
    if (!current || !editor) return;
    const done = linkable
      ? linkClaim(session, { claimId, exhibitId: current.id, page: pageNumber, quote: '' }).cited
      : editor.insertCitation({ exhibitId: current.id, page: pageNumber });
    if (done) onClose(true);
    else setFailed(true);
  };
  return (
    <ToolbarPopover label={t('toolbar.citeHint')} onClose={onClose}>
      {current ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            insert();
          }}
        >
          <SelectField
            label={t('toolbar.exhibit')}
            value={current.id}
            onChange={(id) => setChosen(id as ExhibitId)}
            options={options.map(({ exhibit, label }) => ({
              value: exhibit.id,
              title: `Ex. ${label} – ${exhibit.title}`,
            }))}
          />
          <TextField
            label={t('toolbar.page')}
            hint={linkable ? t('toolbar.linksToo') : t('toolbar.pageHint')}
            error={failed ? t('toolbar.cannotInsert') : null}
            value={page}
            maxLength={5}
            onChange={setPage}
          />
          <div className="actions end">
            <button type="button" className="button" onClick={() => onClose(true)}>
              {t('common.cancel')}
            </button>
            <button type="submit" className="button">
              {t('toolbar.insert')}
            </button>
          </div>
        </form>
      ) : (
        <div className="empty">
          <p>{t('toolbar.noExhibits')}</p>
          <button
            type="button"
            className="button"
            onClick={() => {
              openTab('exhibits');
              onClose(false);
            }}
          >
            {t('toolbar.openExhibits')}
          </button>
        </div>
      )}
    </ToolbarPopover>
  );
}
