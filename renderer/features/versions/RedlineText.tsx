import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FORMAT, type SerializedInline } from '../../../shared/domain/document.ts';
import type { RedlineRow, RedlineRun } from '../../../shared/domain/redline/Redline.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import type { StateRedline } from './compareStates.ts';
import { numberRows, useRedlineWords, type WordsOf } from './redlineWords.ts';

/** The rows of a redline in the type and proportions of the page, its notes below. What changed says so by color, shape and words. */
export const RedlineText = memo(function RedlineText({
  session,
  redline,
}: {
  session: ComplaintSession;
  redline: StateRedline;
}) {
  const { t } = useTranslation();
  const { text, notes } = redline;
  const labels = useMemo(() => numberRows(text.rows), [text]);
  const wordsOf = useRedlineWords(session, redline);
  return (
    <div className="page redline-text">
      <div className="page-sheet">
        <div className="page-text">
          {text.rows.map((row, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows are replaced whole, and keep no state
            <Row key={position} row={row} label={labels[position] ?? ''} wordsOf={wordsOf} />
          ))}
        </div>
        {notes.length > 0 && (
          <section className="redline-notes" aria-label={t('versions.notes')}>
            <h3>{t('versions.notes')}</h3>
            {notes.map(({ noteId, number, before, after, redline: words }) => (
              <div key={noteId} className="redline-footnote" role="group" aria-label={t('versions.note', { number })}>
                <p className="redline-note">
                  {t(!before ? 'versions.noteNew' : !after ? 'versions.noteGone' : 'versions.note', { number })}
                </p>
                {words.rows.map((row, position) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the rows are replaced whole, and keep no state
                  <Row key={position} row={row} label="" wordsOf={wordsOf} />
                ))}
              </div>
            ))}
          </section>
        )}
      </div>
    </div>
  );
});

function Row({ row, label, wordsOf }: { row: RedlineRow; label: string; wordsOf: WordsOf }) {
  const { t } = useTranslation();
  const shell = row.after ?? row.before;
  const style = shell?.blockStyle ?? 'plain';
  const restyled = row.end === 'same' && row.before?.blockStyle !== row.after?.blockStyle;
  const state = row.move ? `moved-${row.move.side}` : wholeOf(row);
  const groups = groupRuns(row.runs);
  const whole = state !== null;
  return (
    <p
      className="block"
      data-style={style}
      {...(label ? { 'data-label': label } : {})}
      {...(state ? { 'data-row': state } : {})}
      {...(whole || restyled ? { 'data-change': '' } : {})}
    >
      {row.move && (
        <span className="redline-note">
          {t(row.move.side === 'from' ? 'versions.movedAway' : 'versions.movedHere', { id: row.move.id })}
        </span>
      )}
      {restyled && row.before && (
        <span className="redline-note">{t('versions.restyled', { style: t(`styles.${row.before.blockStyle}`) })}</span>
      )}
      {groups.map((group, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their order
        <Group key={position} runs={group} inChange={whole} wordsOf={wordsOf} />
      ))}
      {row.end !== 'same' && !whole && (
        <span className={`redline-end ${row.end}`} data-change="">
          <span aria-hidden="true">¶</span>
          <span className="visually-hidden">
            {t(row.end === 'inserted' ? 'versions.endInserted' : 'versions.endDeleted')}
          </span>
        </span>
      )}
    </p>
  );
}

/** Runs that changed side by side are one change. */
function Group({ runs, inChange, wordsOf }: { runs: readonly RedlineRun[]; inChange: boolean; wordsOf: WordsOf }) {
  const inside = runs.map((run, position) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their order
    <Run key={position} run={run} wordsOf={wordsOf} />
  ));
  return inChange || runs[0]?.mark === 'same' ? inside : <span data-change="">{inside}</span>;
}

function Run({ run, wordsOf }: { run: RedlineRun; wordsOf: WordsOf }) {
  const { t } = useTranslation();
  const node = (run.after ?? run.before)?.node;
  if (!node) return null;
  const look = <span className={lookOf(node)}>{wordsOf(node, run.after ? 'after' : 'before')}</span>;
  const said = (words: string) => <span className="visually-hidden">{words}</span>;
  switch (run.mark) {
    case 'same':
      return look;
    case 'inserted':
      return (
        <ins>
          {said(t('versions.inserted'))}
          {look}
        </ins>
      );
    case 'deleted':
      return (
        <del>
          {said(t('versions.deleted'))}
          {look}
        </del>
      );
    case 'moved-from':
      return (
        <del className="moved">
          {said(t('versions.movedFrom'))}
          {look}
        </del>
      );
    case 'moved-to':
      return (
        <ins className="moved">
          {said(t('versions.movedTo'))}
          {look}
        </ins>
      );
    case 'formatted':
      return (
        <span className="formatted">
          {said(t('versions.formatted'))}
          {look}
        </span>
      );
  }
}

function wholeOf(row: RedlineRow): 'inserted' | 'deleted' | null {
  if (row.end === 'same' || !row.runs.every((run) => run.mark === row.end)) return null;
  return row.end;
}

function groupRuns(runs: readonly RedlineRun[]): RedlineRun[][] {
  const groups: RedlineRun[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last?.[0] && (last[0].mark === 'same') === (run.mark === 'same')) last.push(run);
    else groups.push([run]);
  }
  return groups;
}

function lookOf(node: SerializedInline): string {
  if (node.type === 'citation') return 'citation';
  if (node.type === 'person') return 'person-mention';
  if (node.type === 'footnote') return 'super';
  if (node.type !== 'text') return '';
  const names: [number, string][] = [
    [FORMAT.bold, 'bold'],
    [FORMAT.italic, 'italic'],
    [FORMAT.underline, 'underline'],
    [FORMAT.strikethrough, 'strike'],
    [FORMAT.superscript, 'super'],
    [FORMAT.subscript, 'sub'],
  ];
  const classes = names.filter(([bit]) => node.format & bit).map(([, name]) => name);
  if (node.$?.sc) classes.push('small-caps');
  return classes.join(' ');
}
