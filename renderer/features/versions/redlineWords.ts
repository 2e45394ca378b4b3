import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SerializedInline } from '../../../shared/domain/document.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import { numberNotes } from '../../../shared/domain/redline/compareNotes.ts';
import type { RedlineRow } from '../../../shared/domain/redline/Redline.ts';
import { takeSide } from '../../../shared/domain/redline/takeSide.ts';
import { listBlocks } from '../../../shared/domain/tables/serializedTable.ts';
import { buildNumbers } from '../../../shared/filing/buildNumbers.ts';
import { buildBlockLabels, formatReference } from '../../../shared/filing/buildReferences.ts';
import { formatCitation, formatPerson } from '../../../shared/filing/formatCitation.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useDocumentIndex } from '../../ui/useSession.ts';
import type { StateRedline } from './compareStates.ts';

export type WordsOf = (node: SerializedInline, side: 'before' | 'after') => string;

/** What each node of a redline reads, in the text it stands in: labels are those of today, numbers those of that text. */
export function useRedlineWords(session: ComplaintSession, redline: StateRedline): WordsOf {
  const { t } = useTranslation();
  const { labels: exhibits } = useDocumentIndex();
  const numbers = useMemo(
    () => ({ before: readNumbers(redline, 'before'), after: readNumbers(redline, 'after') }),
    [redline],
  );
  return useMemo<WordsOf>(() => {
    const people = new Map<string, string>(session.getRecords('people').map(({ id, pseudonym }) => [id, pseudonym]));
    const wordsOf: WordsOf = (node, side) => {
      switch (node.type) {
        case 'text':
        case 'tab':
          return node.text;
        case 'linebreak':
          return '\n';
        case 'citation': {
          const label = exhibits.get(node.exhibitId as ExhibitId);
          return label === undefined ? t('versions.missingExhibit') : formatCitation(label, node.page);
        }
        case 'person': {
          const pseudonym = people.get(node.personId);
          return pseudonym === undefined ? t('versions.missingPerson') : formatPerson(pseudonym);
        }
        case 'footnote':
          return String(numbers[side].notes.get(node.noteId) ?? '?');
        case 'reference':
          return (
            formatReference(node.kind, node.target, {
              block: (id) => numbers[side].blocks.get(id),
              exhibit: (id) => exhibits.get(id as ExhibitId),
              person: (id) => people.get(id),
              note: (id) => numbers[side].notes.get(id),
            }) ?? t('versions.missingReference')
          );
        default:
          return otherWords(node, side, wordsOf) ?? t('versions.other', { type: node.type });
      }
    };
    return wordsOf;
  }, [session, exhibits, numbers, t]);
}

/** A row of a table reads as its cells, an image as what is said about it. */
function otherWords(node: unknown, side: 'before' | 'after', wordsOf: WordsOf): string | null {
  const { type, children, alt } = node as { type: string; children?: unknown; alt?: unknown };
  if (typeof alt === 'string') return `[${alt}]`;
  if (type !== 'row' || !Array.isArray(children)) return null;
  const cells = children.map(({ children: blocks }: { children?: { children?: SerializedInline[] }[] }) =>
    (blocks ?? []).map((block) => (block.children ?? []).map((inline) => wordsOf(inline, side)).join('')).join(' '),
  );
  return `${cells.join('  |  ')}\n`;
}

function readNumbers(
  { text }: StateRedline,
  side: 'before' | 'after',
): { blocks: ReadonlyMap<string, string>; notes: ReadonlyMap<string, number> } {
  const children = takeSide(text, side);
  const blocks = listBlocks(children);
  const styles = blocks.map(({ blockStyle }) => blockStyle);
  const labels = buildBlockLabels(styles, buildNumbers(styles));
  const byId = new Map<string, string>();
  blocks.forEach((block, at) => {
    const id = block.$?.id;
    const label = labels[at]?.label;
    if (typeof id === 'string' && label && !byId.has(id)) byId.set(id, label);
  });
  const root = { type: 'root' as const, version: 1 as const, children, direction: null, format: '', indent: 0 };
  return { blocks: byId, notes: numberNotes({ root }) };
}

/** Numbers as the new text has them; what is only in the old one has none. */
export function numberRows(rows: readonly RedlineRow[]): string[] {
  const present = rows.filter((row) => row.after && row.end !== 'deleted');
  const numbers = buildNumbers(present.map((row) => row.after?.blockStyle ?? 'plain'));
  const labels = new Map(
    present.map((row, position) => {
      const { number, label } = numbers[position] ?? { number: null, label: '' };
      return [row, number === null ? label : `${number}.`];
    }),
  );
  return rows.map((row) => labels.get(row) ?? '');
}
