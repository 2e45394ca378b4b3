import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { DictionaryWordId } from '../../../shared/domain/ids.ts';
import type { Misspelling } from '../../editor/SpellingApi.ts';
import { freshId } from '../../ui/freshId.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import './spelling.css';

/** Proposals for one wrong word, beside the word. */
export function SpellingMenu({ misspelling, onClose }: { misspelling: Misspelling; onClose(): void }) {
  const { t } = useTranslation();
  const { editor, session, announce } = useWorkbench();
  const [proposals, setProposals] = useState<readonly string[] | null>(null);
  const menu = useRef<HTMLDivElement>(null);
  const { word, language, at } = misspelling;

  useEffect(() => {
    let current = true;
    setProposals(null);
    void editor?.tools.spelling.propose(misspelling).then((found) => {
      if (current) setProposals(found);
    });
    return () => {
      current = false;
    };
  }, [editor, misspelling]);
  useEffect(() => {
    if (proposals === null) menu.current?.focus();
    else menu.current?.querySelector<HTMLElement>('[role="menuitem"]:not([aria-disabled])')?.focus();
  }, [proposals]);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Element)) close.current();
    };
    // The page still moves to the word when the menu opens: the menu goes along, and leaves with a wheel or a finger.
    const scroller = document.querySelector('.page-scroll');
    const startTop = scroller?.scrollTop ?? 0;
    const onScroll = () => {
      if (menu.current && scroller) menu.current.style.translate = `0 ${startTop - scroller.scrollTop}px`;
    };
    const onLeave = (event: Event) => {
      if (!menu.current?.contains(event.target as Element)) close.current();
    };
    document.addEventListener('pointerdown', onPointerDown);
    document.addEventListener('wheel', onLeave, { capture: true, passive: true });
    document.addEventListener('touchmove', onLeave, { capture: true, passive: true });
    scroller?.addEventListener('scroll', onScroll);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      document.removeEventListener('wheel', onLeave, { capture: true });
      document.removeEventListener('touchmove', onLeave, { capture: true });
      scroller?.removeEventListener('scroll', onScroll);
    };
  }, []);

  const done = (sentence: string) => {
    onClose();
    editor?.focus();
    announce(sentence);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const here = items.indexOf(document.activeElement as HTMLElement);
    const moves: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      items[(next + items.length) % items.length]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
      editor?.focus();
    }
  };
  const item = (title: string, run: () => void, className = '') => (
    <button key={title} type="button" role="menuitem" tabIndex={-1} className={className} onClick={run}>
      {title}
    </button>
  );
  const below = at.bottom + 250 < innerHeight;
  return createPortal(
    <div
      ref={menu}
      className="spelling-menu"
      role="menu"
      aria-label={t('spelling.menu', { word })}
      aria-busy={proposals === null}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      style={{
        left: Math.max(8, Math.min(at.left, innerWidth - 340)),
        ...(below ? { top: at.bottom + 4 } : { bottom: innerHeight - at.top + 4 }),
      }}
    >
      {!session.readOnly &&
        proposals?.map((proposal) =>
          item(
            proposal,
            () => {
              editor?.tools.spelling.replace(misspelling, proposal);
              done(t('spelling.corrected', { word: proposal }));
            },
            'proposal',
          ),
        )}
      {(proposals === null || proposals.length === 0) && (
        <div role="menuitem" tabIndex={-1} aria-disabled="true">
          {t(proposals === null ? 'spelling.waiting' : 'spelling.noProposals')}
        </div>
      )}
      {!session.readOnly &&
        item(
          t('spelling.add', { word }),
          () => {
            session.writeRecord('dictionary', { id: freshId<DictionaryWordId>(), word, language });
            done(t('spelling.added', { word }));
          },
          'apart',
        )}
      {item(t('spelling.ignore'), () => {
        editor?.tools.spelling.ignore(word);
        done(t('spelling.ignored', { word }));
      })}
    </div>,
    document.body,
  );
}
