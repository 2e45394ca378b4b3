import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExhibitId } from '../../shared/domain/ids.ts';
import { shareValue } from '../editor/index/shareIndex.ts';
import { useCoverage } from '../features/claims/useCoverage.ts';
import { useDocumentIndex, useRecords, useSelectionState } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { buildSections, findSection, type Section, withLetterParts } from './sectionProof.ts';
import { useSectionMove } from './useSectionMove.ts';
import './outline.css';

/** Share from which a section's meter counts as well proved. */
const WELL_PROVED = 0.75;

function ProofMeter({ section }: { section: Section }) {
  if (section.claimCount === 0) return null;
  const share = section.provedCount / section.claimCount;
  const tone = share >= WELL_PROVED ? '' : share > 0 ? 'thin' : 'missing';
  return (
    <span className="meter" aria-hidden="true">
      <i className={tone} style={{ width: `${Math.max(share, 0.06) * 100}%` }} />
    </span>
  );
}

/** Headings with the share of proved claims of each; a tree with one stop, arrow keys, Enter reveals. */
const SectionTree = memo(function SectionTree({
  sections,
  current,
}: {
  sections: readonly Section[];
  current: Section | null;
}) {
  const { t } = useTranslation();
  const { editor, session } = useWorkbench();
  const move = useSectionMove();
  const tree = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const stopKey = sections.some((section) => section.blockKey === stop) ? stop : (current ?? sections[0])?.blockKey;
  const [over, setOver] = useState<string | null>(null);
  const dragged = useRef<string | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && event.shiftKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      if (stopKey) move(stopKey, event.key === 'ArrowUp' ? 'up' : 'down');
      return;
    }
    const at = sections.findIndex((section) => section.blockKey === stopKey);
    const next =
      event.key === 'ArrowDown'
        ? at + 1
        : event.key === 'ArrowUp'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? sections.length - 1
              : -1;
    if ((event.key === 'Enter' || event.key === ' ') && stopKey) {
      event.preventDefault();
      editor?.reveal({ blockKey: stopKey }, { focus: true });
      return;
    }
    const section = sections[next];
    if (!section) return;
    event.preventDefault();
    setStop(section.blockKey);
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[next]?.focus();
  };
  return (
    <div className="outline" role="tree" aria-label={t('outline.list')} ref={tree} onKeyDown={onKeyDown}>
      {sections.map((section) => {
        const text = section.text || t('outline.untitled');
        const title = section.part
          ? t('pages.partNamed', { part: t(`pages.part.${section.part}`), title: text })
          : t('outline.section', { label: section.label, text });
        const proof = section.part
          ? null
          : section.claimCount === 0
            ? t('outline.noClaims')
            : t('outline.proof', { proved: section.provedCount, count: section.claimCount });
        const isCurrent = section === current;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
          <div
            key={section.blockKey}
            role="treeitem"
            aria-level={section.level}
            aria-selected={isCurrent}
            aria-label={proof === null ? title : `${title}, ${proof}`}
            title={proof === null ? title : `${title} – ${proof}`}
            tabIndex={section.blockKey === stopKey ? 0 : -1}
            className={`outline-item level-${section.level} ${section.part ? 'part' : ''} ${isCurrent ? 'current' : ''} ${over === section.blockKey ? 'drop' : ''}`}
            draggable={!session.readOnly && !section.part}
            onDragStart={(event) => {
              dragged.current = section.blockKey;
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', title);
            }}
            onDragOver={(event) => {
              if (dragged.current === null) return;
              event.preventDefault();
              setOver(section.blockKey);
            }}
            onDragEnd={() => {
              dragged.current = null;
              setOver(null);
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged.current !== null) move(dragged.current, { before: section.blockKey });
              dragged.current = null;
              setOver(null);
            }}
            onClick={() => {
              setStop(section.blockKey);
              editor?.reveal({ blockKey: section.blockKey }, { focus: true });
            }}
          >
            <span className="outline-text">{title}</span>
            <ProofMeter section={section} />
          </div>
        );
      })}
    </div>
  );
});

function ExhibitLines({
  title,
  lines,
}: {
  title: string;
  lines: readonly { id: ExhibitId; label: string; title: string; count: number }[];
}) {
  const { t } = useTranslation();
  const { open } = useWorkbench();
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="label outline-label">{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <button
              type="button"
              className="exhibit-line"
              onClick={() => open({ kind: 'exhibit', exhibitId: line.id })}
            >
              <b className="serif">Ex. {line.label}</b>
              <span>{line.title}</span>
              <span className="soft count" title={line.count ? t('outline.times', { count: line.count }) : undefined}>
                {line.count}×
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The left sidebar's outline: sections with their proof, and the exhibits of the section at the caret. */
export function Outline() {
  const { t } = useTranslation();
  const { session, editor } = useWorkbench();
  const index = useDocumentIndex();
  const selection = useSelectionState();
  const coverage = useCoverage();
  const exhibits = useRecords(session, 'exhibits');
  const built = useMemo(() => withLetterParts(buildSections(index, coverage), index), [index, coverage]);
  // The same sections while they say the same, so that the tree is not drawn for words of a paragraph.
  const shown = useRef(built);
  const sections = shareValue(shown.current, built) as Section[];
  shown.current = sections;
  const current = useMemo(
    () => findSection(sections, index, selection.blockKey),
    [sections, index, selection.blockKey],
  );
  const titles = useMemo(() => new Map(exhibits.map((exhibit) => [exhibit.id, exhibit.title])), [exhibits]);
  const part =
    current &&
    sections.findLast((section) => section.level === 1 && section.from <= current.from && current.from < section.to);
  const line = (id: ExhibitId, count: number) => ({
    id,
    label: index.labels.get(id) ?? '?',
    title: titles.get(id) ?? '',
    count,
  });
  const cited = [...((part ?? current)?.cited ?? [])]
    .filter(([id]) => titles.has(id))
    .map(([id, count]) => line(id, count));
  const everCited = useMemo(() => new Set(index.citations.map((citation) => citation.exhibitId)), [index]);
  const uncited = exhibits.filter((exhibit) => !everCited.has(exhibit.id)).map((exhibit) => line(exhibit.id, 0));
  if (!editor) return <p className="empty padded">{t('outline.loading')}</p>;
  if (sections.length === 0) return <p className="empty padded">{t('outline.empty')}</p>;
  return (
    <>
      <SectionTree sections={sections} current={current} />
      <ExhibitLines title={t('outline.citedHere')} lines={cited} />
      <ExhibitLines title={t('outline.citedNowhere')} lines={uncited} />
    </>
  );
}
