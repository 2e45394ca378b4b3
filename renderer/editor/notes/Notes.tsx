import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useIndexPart } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { RECORD_ORIGIN } from '../binding/bindEditor.ts';
import { clearNote, findNotes } from './noteElements.ts';
import './notes.css';

/** The footnotes at the foot of the page, and below them those that nothing refers to any more. */
export function Notes({
  session,
  rootRef,
  cursorsRef,
}: {
  session: ComplaintSession;
  rootRef: RefObject<HTMLDivElement | null>;
  cursorsRef: RefObject<HTMLDivElement | null>;
}) {
  const { t } = useTranslation();
  return (
    <>
      <section className="notes" aria-label={t('footnotes.list')} hidden>
        <div
          ref={rootRef}
          className="notes-text"
          contentEditable={!session.readOnly}
          suppressContentEditableWarning
          role="textbox"
          aria-multiline="true"
          aria-readonly={session.readOnly}
          aria-label={t('footnotes.text')}
          spellCheck={false}
          tabIndex={0}
          lang="en-US"
        />
        <div ref={cursorsRef} className="page-cursors" aria-hidden="true" />
      </section>
      <LooseNotes session={session} />
    </>
  );
}

function LooseNotes({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { editor, announce } = useWorkbench();
  const looseNotes = useIndexPart((index) => index.looseNotes);
  if (looseNotes.length === 0) return null;
  const remove = (noteId: string): void => {
    // Nothing marks these words as going: taking them away is no suggestion [SY80].
    if (editor?.suggestions.isReviewer()) return announce(t('suggestions.closed.short'));
    session.doc.transact(() => {
      for (const note of findNotes(session.doc, new Set([noteId]))) clearNote(note);
    }, RECORD_ORIGIN);
    announce(
      editor?.suggestions.isSuggesting()
        ? `${t('footnotes.removed')} ${t('suggestions.atOnce')}`
        : t('footnotes.removed'),
    );
    editor?.focus();
  };
  return (
    <section className="notes-loose" aria-label={t('footnotes.loose')}>
      <h2>{t('footnotes.loose')}</h2>
      <p>{t('footnotes.looseWhy')}</p>
      <ul>
        {looseNotes.map(({ noteId, noteKey, text }) => (
          <li key={noteKey}>
            <span>{text}</span>
            {noteId !== '' && !session.readOnly && (
              <span className="notes-loose-actions">
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    if (!editor?.placeNote(noteId)) announce(t('footnotes.needsCaret'));
                  }}
                >
                  {t('footnotes.putBack')}
                </button>
                <button
                  type="button"
                  className="button"
                  aria-disabled={editor?.suggestions.isReviewer() || undefined}
                  title={editor?.suggestions.isReviewer() ? t('suggestions.closed.short') : undefined}
                  onClick={() => remove(noteId)}
                >
                  {t('footnotes.remove')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
