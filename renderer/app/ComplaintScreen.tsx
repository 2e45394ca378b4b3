import { type CSSProperties, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice, Settings } from '../../shared/ipc/contract.ts';
import { Editor } from '../editor/Editor.tsx';
import type { EditorApi } from '../editor/EditorApi.ts';
import { makeClaim } from '../features/claims/makeClaim.ts';
import { usePaintThreads } from '../features/comments/usePaintThreads.ts';
import { FindBar, type FindMode } from '../features/find/FindBar.tsx';
import { KeyboardMap } from '../features/help/KeyboardMap.tsx';
import { PrintHost } from '../features/print/PrintHost.tsx';
import { SpellingMenu } from '../features/spelling/SpellingMenu.tsx';
import { useSpellingMenu } from '../features/spelling/useSpellingMenu.ts';
import { TableBar } from '../features/tables/TableBar.tsx';
import { VersionsHost } from '../features/versions/VersionsHost.tsx';
import { type Commands, CommandsContext } from '../ui/commands/CommandsContext.ts';
import { commandAria, commandTitle } from '../ui/commands/commandWords.ts';
import { Splitter } from '../ui/Splitter.tsx';
import { useMeta, useStatus } from '../ui/useSession.ts';
import { type Place, type SidebarTab, type Workbench, WorkbenchContext } from '../ui/workbench.ts';
import type { ComplaintSession } from './ComplaintSession.ts';
import { GuideStrip } from './GuideStrip.tsx';
import { LeftSidebar } from './LeftSidebar.tsx';
import { readGuideSeen, writeGuideSeen } from './lastScreen.ts';
import { OpenPalette } from './OpenPalette.tsx';
import { ReferencePicker } from './ReferencePicker.tsx';
import { RightPanel } from './RightPanel.tsx';
import { StatusBar, ZOOM } from './StatusBar.tsx';
import { Toolbar, type ToolbarPopoverName } from './Toolbar.tsx';
import { TopBar } from './TopBar.tsx';
import { useApplicationMenu } from './useApplicationMenu.ts';
import { type ScreenCommands, useCommandRuns } from './useCommandRuns.ts';
import { useImageRequests } from './useImageRequests.ts';
import { usePagePlace } from './usePagePlace.ts';
import { usePlace } from './usePlace.ts';
import { useRegions } from './useRegions.ts';
import { moveSectionAtCaret } from './useSectionMove.ts';
import { useSelectionPlace } from './useSelectionPlace.ts';
import { useShortcuts } from './useShortcuts.ts';
import { useSidebars } from './useSidebars.ts';
import { useToolSwitches } from './useToolSwitches.ts';
import { useWidth } from './useWidth.ts';

interface Props {
  session: ComplaintSession;
  settings: Settings;
  writeSettings(fields: Partial<Settings>): void;
  /** Notices and invitations, shown between the top bar and the page. */
  strips: ReactNode;
  notify(notice: Notice): void;
  announce(sentence: string): void;
  /** Main has let go of the session: another one is on its way, and what is typed now goes over to it. */
  reopening: boolean;
  /** This computer was removed while the complaint is open. */
  onRemoved(): void;
  onClose(): void;
}

/** What features of the open complaint ask: the workbench, and the commands. */
function Contexts({
  workbench,
  commands,
  children,
}: {
  workbench: Workbench;
  commands: Commands;
  children: ReactNode;
}) {
  return (
    <WorkbenchContext value={workbench}>
      <CommandsContext value={commands}>{children}</CommandsContext>
    </WorkbenchContext>
  );
}

/** The bar is open already: its words are taken up again. */
function focusFind(): void {
  document.querySelector<HTMLInputElement>('.find-words')?.select();
}

/** One open complaint: bars, sidebars, the page, and the workbench that features ask. */
export function ComplaintScreen(props: Props) {
  const { session, settings, writeSettings, strips, notify, announce, reopening, onRemoved, onClose } = props;
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(root);
  const { narrow, small, leftOpen, rightOpen, setLeftOpen, setRightOpen } = useSidebars(widthPx);
  // An editor belongs to its session: another session begins without one.
  const [mounted, setMounted] = useState<{ session: ComplaintSession; api: EditorApi } | null>(null);
  const editor = mounted?.session === session ? mounted.api : null;
  const { place, open: openPlace, back, clear, canGoBack } = usePlace(editor);
  const [tab, setTab] = useState<SidebarTab>('outline');
  const [leftPx, setLeftPx] = useState(settings.leftSidebarPx);
  const [rightPx, setRightPx] = useState(settings.rightSidebarPx);
  const [over, setOver] = useState<'palette' | 'pages' | 'keyboard' | null>(null);
  const [popover, setPopover] = useState<ToolbarPopoverName | null>(null);
  const openImage = useCallback(() => setPopover('image'), []);
  const images = useImageRequests({ editor, announce, notify, open: openImage });
  const [find, setFind] = useState<FindMode | null>(null);
  useToolSwitches(editor, settings);
  const spelling = useSpellingMenu(editor, announce);
  const { sample } = useMeta(session);
  const [guide, setGuide] = useState(() => sample && !readGuideSeen());

  const open = useCallback(
    (next: Place) => {
      openPlace(next);
      // In a narrow window the panel would lie over the pages that are looked at.
      setRightOpen(!(narrow && next.kind === 'filing' && next.preview));
    },
    [openPlace, setRightOpen, narrow],
  );
  const openTab = useCallback(
    (next: SidebarTab) => {
      setTab(next);
      setLeftOpen(true);
      requestAnimationFrame(() => document.getElementById(`left-tab-${next}`)?.focus());
    },
    [setLeftOpen],
  );
  const onReady = useCallback(
    (api: EditorApi) => {
      session.editor = api;
      setMounted({ session, api });
    },
    [session],
  );
  const { language } = settings;
  const workbench = useMemo<Workbench>(
    () => ({
      session,
      editor,
      place,
      open,
      back,
      canGoBack,
      openTab,
      notify,
      announce,
      language,
      settings,
      writeSettings,
    }),
    [session, editor, place, open, back, canGoBack, openTab, notify, announce, language, settings, writeSettings],
  );

  const page = useRef<HTMLDivElement>(null);
  useSelectionPlace({ editor, page, place, open, clear });
  usePagePlace(session, page);
  usePaintThreads(session, editor, place?.kind === 'thread' ? place.threadId : null);
  const { removed } = useStatus(session);
  useEffect(() => {
    if (removed && !session.readOnly) onRemoved();
  }, [removed, session, onRemoved]);

  const closeRight = useCallback(() => {
    if (place) clear();
    if (narrow || !place) setRightOpen(false);
    editor?.focus();
  }, [place, narrow, clear, setRightOpen, editor]);
  const moveRegion = useRegions();
  const screenCommands = useMemo<ScreenCommands>(
    () => ({
      markClaim: () => {
        if (!editor || session.readOnly) return;
        if (editor.suggestions.isReviewer()) return notify({ code: 'reviewer-suggests' });
        const claimId = makeClaim(session);
        if (claimId) open({ kind: 'claim', claimId });
        else notify({ code: 'select-words-first' });
      },
      cite: () => {
        if (!session.readOnly) setPopover('cite');
      },
      insertPerson: () => {
        if (!session.readOnly) setPopover('person');
      },
      refer: () => {
        if (session.readOnly || !editor) return;
        editor.focus();
        editor.askForReference();
      },
      comment: () => {
        const about = session.readOnly ? null : editor?.holdSubject();
        open(about ? { kind: 'comments', about } : { kind: 'comments' });
      },
      spellingAtCaret: spelling.openAtCaret,
      nextMistake: spelling.openNext,
      find: () => {
        setFind('find');
        focusFind();
      },
      replace: () => {
        setFind('replace');
        focusFind();
      },
      findStep: (by: 1 | -1) => {
        if (find === null) setFind('find');
        else editor?.tools.find.step(by);
      },
      moveRegion,
      moveSection: (way: 'up' | 'down') => moveSectionAtCaret({ editor, session, announce }, t, way),
      goToPage: () => setOver('pages'),
      openKeyboardMap: () => setOver('keyboard'),
      toggleLeft: () => setLeftOpen(!leftOpen),
      toggleRight: () => setRightOpen(!rightOpen),
      showGuide: () => setGuide(true),
      openPalette: () => {
        // With words selected or in a link the key means what it means in every word processor.
        const asksForLink = editor?.hasFocus() && (editor.links.getLink() || !editor.getSelection().collapsed);
        if (asksForLink) setPopover('link');
        else setOver('palette');
      },
      link: () => setPopover('link'),
      image: () => {
        if (!session.readOnly) setPopover('image');
      },
      zoom: (steps: number) =>
        writeSettings({
          pagePercent:
            steps === 0 ? 100 : Math.min(ZOOM.max, Math.max(ZOOM.min, settings.pagePercent + steps * ZOOM.step)),
        }),
      close: onClose,
    }),
    [
      editor,
      session,
      open,
      notify,
      announce,
      t,
      find,
      moveRegion,
      spelling.openAtCaret,
      spelling.openNext,
      leftOpen,
      rightOpen,
      setLeftOpen,
      setRightOpen,
      writeSettings,
      settings.pagePercent,
      onClose,
    ],
  );
  const commands = useCommandRuns(workbench, screenCommands);
  useShortcuts(commands, editor);
  useApplicationMenu(commands);
  useEffect(() => session.subscribeRefused(() => notify({ code: 'reviewer-suggests' })), [session, notify]);
  useEffect(() => editor?.links.subscribeLinkFollowed(() => setPopover('link')), [editor]);

  const dismissGuide = () => {
    setGuide(false);
    writeGuideSeen(true);
    editor?.focus();
  };
  return (
    <Contexts workbench={workbench} commands={commands}>
      <div
        className={`screen ${leftOpen && !small ? '' : 'left-closed'} ${rightOpen && !narrow ? '' : 'right-closed'} ${rightOpen && narrow ? 'right-over' : ''} ${leftOpen && small ? 'left-over' : ''} ${narrow ? 'narrow' : ''} ${small ? 'small' : ''}`}
        ref={root}
        style={
          {
            '--left': `${leftPx}px`,
            '--right': `${rightPx}px`,
            '--page-zoom': settings.pagePercent / 100,
          } as CSSProperties
        }
      >
        <button type="button" className="skip" onClick={() => editor?.focus()}>
          {t('shell.skip')}
        </button>
        <TopBar onPalette={() => setOver('palette')} onClose={onClose} />
        <div className="strips">
          {strips}
          {guide && <GuideStrip onDismiss={dismissGuide} />}
        </div>
        {leftOpen ? (
          <nav
            className={`left ${small ? 'over' : ''}`}
            id="left"
            aria-label={t('shell.leftSidebar')}
            data-region
            tabIndex={-1}
            onKeyDown={(event) => {
              if (small && event.key === 'Escape') {
                setLeftOpen(false);
                editor?.focus();
              }
            }}
          >
            <LeftSidebar tab={tab} onTab={setTab} />
            <button
              type="button"
              className="button quiet edge"
              title={commandTitle(t, 'left', t('shell.hideLeft'))}
              aria-keyshortcuts={commandAria('left')}
              onClick={() => setLeftOpen(false)}
            >
              <span aria-hidden="true">‹</span> {t('shell.hideLeft')}
            </button>
            {!small && (
              <Splitter
                side="left"
                label={t('shell.resizeLeft')}
                controls="left"
                widthPx={leftPx}
                minPx={200}
                maxPx={480}
                onResize={setLeftPx}
                onCommit={(value) => writeSettings({ leftSidebarPx: value })}
              />
            )}
          </nav>
        ) : (
          <nav className="rail" aria-label={t('shell.leftSidebar')} data-region tabIndex={-1}>
            <button
              type="button"
              className="button quiet vertical"
              title={commandTitle(t, 'left', t('shell.showLeft'))}
              onClick={() => setLeftOpen(true)}
            >
              {t('shell.outlineTab')}
            </button>
          </nav>
        )}
        <main
          className="page-area"
          id="page"
          aria-label={t('shell.page')}
          aria-busy={reopening}
          data-region
          tabIndex={-1}
        >
          <Toolbar
            popover={popover}
            imageSubject={images.subject}
            onPopover={(next) => {
              images.clear();
              setPopover(next);
            }}
          >
            <FindBar mode={find} onMode={setFind} />
            <TableBar />
          </Toolbar>
          <div className="page-scroll" ref={page}>
            <Editor key={session.doc.guid} session={session} onReady={onReady} />
          </div>
          <VersionsHost session={session} />
          <PrintHost session={session} />
        </main>
        {rightOpen ? (
          <aside
            className={`right ${narrow ? 'over' : ''}`}
            id="right"
            aria-label={t('shell.rightPanel')}
            data-region
            tabIndex={-1}
            onKeyDown={(event) => {
              if (narrow && event.key === 'Escape' && !event.defaultPrevented) closeRight();
            }}
          >
            {!narrow && (
              <Splitter
                side="right"
                label={t('shell.resizeRight')}
                controls="right"
                widthPx={rightPx}
                minPx={280}
                maxPx={560}
                onResize={setRightPx}
                onCommit={(value) => writeSettings({ rightSidebarPx: value })}
              />
            )}
            <RightPanel onClose={closeRight} />
          </aside>
        ) : (
          <button
            type="button"
            className="button show-right"
            title={commandTitle(t, 'right', t('shell.showRight'))}
            onClick={() => setRightOpen(true)}
          >
            {t('shell.showRight')}
          </button>
        )}
        <StatusBar />
        <ReferencePicker />
        {spelling.misspelling && <SpellingMenu misspelling={spelling.misspelling} onClose={spelling.close} />}
        {(over === 'palette' || over === 'pages') && (
          <OpenPalette
            workbench={workbench}
            commands={commands}
            only={over === 'pages' ? 'page' : null}
            onClose={() => setOver(null)}
          />
        )}
        {over === 'keyboard' && <KeyboardMap onClose={() => setOver(null)} />}
      </div>
    </Contexts>
  );
}
