import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import { BODY_ROOT } from '../../shared/domain/collections.ts';
import { SAMPLE_LEGEND } from '../../shared/domain/records.ts';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import { useMeta } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { wasWritten } from './binding/wasWritten.ts';
import type { EditorApi } from './EditorApi.ts';
import { mountEditor } from './mountEditor.ts';
import { Notes } from './notes/Notes.tsx';
import type { PasteProgress } from './paste/PasteRun.ts';
import { PasteStrip } from './paste/PasteStrip.tsx';
import './decorations/highlights.css';
import './editor.css';

export interface EditorProps {
  session: ComplaintSession;
  /** Called with the API once the text is on the page. */
  onReady(api: EditorApi): void;
}

/** The page. Until the text of a joined complaint has arrived it says whom it waits for instead of showing an empty page. */
export function Editor(props: EditorProps) {
  const { session } = props;
  const { t } = useTranslation();
  const meta = useMeta(session);
  const [hasText, setHasText] = useState(() => wasWritten(bodyOf(session)));

  useEffect(() => {
    const body = bodyOf(session);
    const look = () => setHasText(wasWritten(body));
    look();
    if (wasWritten(body)) return;
    body.observe(look);
    return () => body.unobserve(look);
  }, [session]);

  return (
    <div className="page">
      {meta.sample && <p className="page-legend">{SAMPLE_LEGEND}</p>}
      {hasText ? (
        <Text {...props} />
      ) : (
        <p className="page-waiting" role="status">
          {t('editor.waitingForText')}
        </p>
      )}
    </div>
  );
}

function Text({ session, onReady }: EditorProps) {
  const { place, notify } = useWorkbench();
  const notifyRef = useRef(notify);
  notifyRef.current = notify;
  const shownClaimId = place?.kind === 'claim' ? place.claimId : null;
  const { t } = useTranslation();
  const rootRef = useRef<HTMLDivElement>(null);
  const cursorsRef = useRef<HTMLDivElement>(null);
  const notesRef = useRef<HTMLDivElement>(null);
  const notesCursorsRef = useRef<HTMLDivElement>(null);
  const mountedRef = useRef<ReturnType<typeof mountEditor>>(null);
  const [pasting, setPasting] = useState<PasteProgress | null>(null);

  useEffect(() => {
    const root = rootRef.current;
    const cursors = cursorsRef.current;
    const notesRoot = notesRef.current;
    const notesCursors = notesCursorsRef.current;
    if (!root || !cursors || !notesRoot || !notesCursors) return;
    const mounted = mountEditor({
      session,
      root,
      cursors,
      notesRoot,
      notesCursors,
      pasteHost: { notify: (notice) => notifyRef.current(notice), showProgress: setPasting },
    });
    mountedRef.current = mounted;
    if (session.resume) mounted.resume(session.resume);
    session.resume = null;
    onReady(mounted.api);
    return () => {
      session.editor = null;
      mountedRef.current = null;
      mounted.dispose();
    };
  }, [session, onReady]);

  useEffect(() => {
    mountedRef.current?.setWords({
      missingExhibit: t('editor.missingExhibit'),
      missingPerson: t('editor.missingPerson'),
      footnote: rememberNames((number) => t('footnotes.name', { number })),
    });
    mountedRef.current?.setPageName((number) => t('pages.mark', { number }));
    mountedRef.current?.setMissingWords({
      paragraph: t('references.missing.paragraph'),
      heading: t('references.missing.heading'),
      exhibit: t('references.missing.exhibit'),
      person: t('references.missing.person'),
      note: t('references.missing.note'),
    });
    mountedRef.current?.setTableWords({
      table: (rows, columns) => t('tables.named', { rows, columns }),
      missingCell: t('tables.missingCell'),
    });
    mountedRef.current?.setImageWords({
      noAlt: t('images.noAlt'),
      state: (state) => t(`images.state.${state}`),
      name: (alt, state) =>
        state === 'here' || state === 'loading' ? alt : t('images.named', { alt, state: t(`images.state.${state}`) }),
    });
  }, [t]);

  useEffect(() => {
    mountedRef.current?.setSelectedClaims(shownClaimId ? [shownClaimId] : []);
  }, [shownClaimId]);

  return (
    <div className="page-sheet">
      <div
        ref={rootRef}
        className="page-text"
        contentEditable={!session.readOnly}
        suppressContentEditableWarning
        role="textbox"
        aria-multiline="true"
        aria-readonly={session.readOnly}
        aria-label={t('editor.text')}
        spellCheck={false}
        tabIndex={0}
        lang="en-US"
      />
      <div ref={cursorsRef} className="page-cursors" aria-hidden="true" />
      <Notes session={session} rootRef={notesRef} cursorsRef={notesCursorsRef} />
      {pasting && <PasteStrip progress={pasting} onCancel={() => mountedRef.current?.cancelPaste()} />}
    </div>
  );
}

function bodyOf(session: ComplaintSession): Y.XmlElement {
  return session.doc.get(BODY_ROOT, Y.XmlElement);
}

/** Every footnote asks for its name whenever the text changes; a translation takes longer than all the rest. */
function rememberNames(nameOf: (number: number) => string): (number: number) => string {
  const names = new Map<number, string>();
  return (number) => {
    const name = names.get(number) ?? nameOf(number);
    names.set(number, name);
    return name;
  };
}
