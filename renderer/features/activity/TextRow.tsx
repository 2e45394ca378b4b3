import { useTranslation } from 'react-i18next';
import {
  CITATION_SIGN,
  PERSON_SIGN,
  type Segment,
  type TextChange,
} from '../../../shared/domain/activity/comparePassages.ts';
import { useIndexPart } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { findBlock } from './findBlock.ts';

const AROUND = 48;

/** One changed passage: what went and what came, with some words around; a click shows its place. */
export function TextRow({ change }: { change: TextChange }) {
  const { t } = useTranslation();
  const { editor } = useWorkbench();
  const blocks = useIndexPart((index) => index.blocks);
  const block = findBlock(blocks, change);
  const number = change.kind === 'removed' ? null : (block?.number ?? null);
  const words = (text: string) =>
    text.replaceAll(CITATION_SIGN, t('activity.citation')).replaceAll(PERSON_SIGN, t('activity.person'));
  return (
    <button
      type="button"
      className="activity-row"
      disabled={!block}
      onClick={() => block && editor?.reveal({ blockKey: block.key }, { focus: true })}
    >
      <span className="activity-what">
        {number === null ? t('activity.passage') : t('activity.paragraph', { number })} ·{' '}
        {t(`activity.kinds.${change.kind}`)}
      </span>
      <span className="activity-words">
        {change.segments.map((segment, position) => (
          <SegmentWords
            // biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity but their order
            key={position}
            segment={segment}
            words={words}
            first={position === 0}
            last={position === change.segments.length - 1}
          />
        ))}
      </span>
    </button>
  );
}

function SegmentWords({
  segment,
  words,
  first,
  last,
}: {
  segment: Segment;
  words(text: string): string;
  first: boolean;
  last: boolean;
}) {
  const { t } = useTranslation();
  if (segment.mark === 'kept') return <>{words(shorten(segment.text, first, last))}</>;
  return (
    <>
      {segment.removed && (
        <del>
          <span className="visually-hidden">{t('activity.wasRemoved')}</span>
          {words(segment.removed)}
        </del>
      )}
      {segment.removed && segment.added && ' '}
      {segment.added && (
        <ins>
          <span className="visually-hidden">{t('activity.wasAdded')}</span>
          {words(segment.added)}
        </ins>
      )}
    </>
  );
}

/** Keeps the words next to a change. */
function shorten(text: string, first: boolean, last: boolean): string {
  if (first && last) return text.length > 2 * AROUND ? `${text.slice(0, 2 * AROUND).trimEnd()}…` : text;
  if (text.length <= 2 * AROUND) return text;
  const head = first ? '' : text.slice(0, AROUND);
  const tail = last ? '' : text.slice(-AROUND);
  return `${head}…${tail}`;
}
