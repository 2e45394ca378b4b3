import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { BLOCK_STYLES, type BlockStyle } from '../../shared/domain/document.ts';
import { LETTER_PARTS, type LetterPart } from '../../shared/domain/letterParts.ts';
import { useSuggestionCommands } from '../features/suggestions/useSuggestionCommands.ts';
import { buildTableRuns } from '../features/tables/tableRuns.ts';
import type { Commands } from '../ui/commands/CommandsContext.ts';
import { COMMANDS, type CommandId } from '../ui/commands/commands.ts';
import { useStatus } from '../ui/useSession.ts';
import type { Workbench } from '../ui/workbench.ts';

/** What only the screen around the workbench can do. */
export interface ScreenCommands {
  markClaim(): void;
  cite(): void;
  insertPerson(): void;
  comment(): void;
  refer(): void;
  link(): void;
  image(): void;
  find(): void;
  replace(): void;
  findStep(by: 1 | -1): void;
  spellingAtCaret(): void;
  nextMistake(): void;
  toggleLeft(): void;
  toggleRight(): void;
  /** 0 means back to 100%. */
  zoom(steps: number): void;
  goToPage(): void;
  moveRegion(by: 1 | -1): void;
  moveSection(way: 'up' | 'down'): void;
  openPalette(): void;
  openKeyboardMap(): void;
  showGuide(): void;
  close(): void;
}

const subscribeNothing = () => () => {};

/** What each command of the registry does; no command can be without. */
export function useCommandRuns(workbench: Workbench, screen: ScreenCommands): Commands {
  const { t } = useTranslation();
  const { session, editor, open, openTab, settings, writeSettings, announce } = workbench;
  const { role } = useStatus(session);
  const suggestions = useSuggestionCommands(workbench);
  const api = editor?.suggestions ?? null;
  const suggesting = useSyncExternalStore(api ? api.subscribe : subscribeNothing, api ? api.isSuggesting : () => false);
  return useMemo(() => {
    const inText = (run: () => void) => () => {
      run();
      editor?.focus();
    };
    const sign = (name: string) =>
      inText(() => {
        const found = editor?.tools.signs.find((each) => each.name === name);
        if (found) editor?.insertWords(found.sign);
      });
    const tableRuns = buildTableRuns({ editor, announce, t });
    const history = (name: 'undo' | 'redo') => () => {
      const field = document.activeElement;
      // A field has a history of its own, which only the browser knows.
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) document.execCommand(name);
      else editor?.[name]();
    };
    const styleRuns = Object.fromEntries(
      BLOCK_STYLES.map((style) => [`style-${style}`, inText(() => editor?.setBlockStyle(style))]),
    ) as Record<`style-${BlockStyle}`, () => void>;
    const partRuns = Object.fromEntries(
      LETTER_PARTS.map((part) => [
        `part-${part}`,
        inText(() => {
          const done = editor?.insertPart(part) ?? false;
          announce(done ? t('pages.inserted', { part: t(`pages.part.${part}`) }) : t('pages.needsCaret'));
        }),
      ]),
    ) as Record<`part-${LetterPart}`, () => void>;
    const runs: Record<CommandId, () => void> = {
      ...styleRuns,
      build: () => open({ kind: 'filing' }),
      check: () => open({ kind: 'unsupported' }),
      preview: () => open({ kind: 'filing', preview: true }),
      'name-version': () => open({ kind: 'versions', naming: true }),
      versions: () => open({ kind: 'versions' }),
      invite: () => open({ kind: 'invite' }),
      members: () => open({ kind: 'members' }),
      meeting: () => open({ kind: 'meeting' }),
      bundle: () => open({ kind: 'bundle' }),
      'move-relay': () => open({ kind: 'move-relay' }),
      missing: () => open({ kind: 'missing' }),
      recovered: () => open({ kind: 'recovered' }),
      settings: () => open({ kind: 'settings' }),
      library: screen.close,
      undo: history('undo'),
      redo: history('redo'),
      find: screen.find,
      'find-next': () => screen.findStep(1),
      'find-previous': () => screen.findStep(-1),
      replace: screen.replace,
      'section-up': () => screen.moveSection('up'),
      'section-down': () => screen.moveSection('down'),
      claim: screen.markClaim,
      cite: screen.cite,
      footnote: () => {
        if (!editor?.insertFootnote()) announce(t('footnotes.needsCaret'));
      },
      image: screen.image,
      ...tableRuns,
      person: screen.insertPerson,
      refer: screen.refer,
      link: screen.link,
      ...partRuns,
      'sign-section': sign('section'),
      'sign-paragraph': sign('paragraph'),
      'sign-enDash': sign('enDash'),
      'sign-emDash': sign('emDash'),
      'sign-noBreakSpace': sign('noBreakSpace'),
      bold: inText(() => editor?.toggleFormat('bold')),
      italic: inText(() => editor?.toggleFormat('italic')),
      underline: inText(() => editor?.toggleFormat('underline')),
      'small-caps': inText(() => editor?.toggleFormat('small-caps')),
      'passage-en': inText(() => editor?.tools.language.set('en')),
      'passage-es': inText(() => editor?.tools.language.set('es')),
      comment: screen.comment,
      comments: () => open({ kind: 'comments' }),
      suggesting: inText(suggestions.toggle),
      suggestions: () => open({ kind: 'suggestions' }),
      'next-suggestion': () => suggestions.step(1),
      'previous-suggestion': () => suggestions.step(-1),
      'accept-suggestion': () => suggestions.answer('accepted'),
      'reject-suggestion': () => suggestions.answer('rejected'),
      'next-mistake': screen.nextMistake,
      spelling: screen.spellingAtCaret,
      broken: () => {
        const broken = editor?.getIndex().references.find((reference) => reference.text === null);
        if (broken) editor?.reveal({ nodeKey: broken.nodeKey }, { focus: true });
        else announce(t('commands.noneBroken'));
      },
      activity: () => open({ kind: 'activity' }),
      palette: screen.openPalette,
      outline: () => openTab('outline'),
      exhibits: () => openTab('exhibits'),
      people: () => openTab('people'),
      left: screen.toggleLeft,
      right: screen.toggleRight,
      'go-to-page': screen.goToPage,
      'next-region': () => screen.moveRegion(1),
      'previous-region': () => screen.moveRegion(-1),
      'reference-back': () => {
        editor?.returnToReference();
      },
      'zoom-in': () => screen.zoom(1),
      'zoom-out': () => screen.zoom(-1),
      'zoom-reset': () => screen.zoom(0),
      marks: () => writeSettings({ formattingMarks: !settings.formattingMarks }),
      'theme-light': () => writeSettings({ theme: 'light' }),
      'theme-dark': () => writeSettings({ theme: 'dark' }),
      'theme-system': () => writeSettings({ theme: 'system' }),
      'language-en': () => writeSettings({ language: 'en' }),
      'language-es': () => writeSettings({ language: 'es' }),
      keyboard: screen.openKeyboardMap,
      guide: screen.showGuide,
    };
    const whyNot = (id: CommandId): string | null => {
      const { needs } = COMMANDS[id];
      if (needs === undefined) return null;
      if (!editor) return t('commands.notHere');
      if (needs === 'text') return null;
      if (session.readOnly) return t('commands.reading');
      if (needs === 'decide' && role === 'reviewer') return t('commands.reviewing');
      if (needs === 'edit' && role === 'reviewer') return t('suggestions.closed.short');
      return id === 'suggesting' && role === 'reviewer' ? t('suggestions.modeReviewer') : null;
    };
    return {
      whyNot,
      run(id) {
        const reason = whyNot(id);
        if (reason === null) runs[id]();
        else announce(reason);
      },
      isOn(id) {
        if (id === 'suggesting') return suggesting;
        if (id === 'marks') return settings.formattingMarks;
        if (id.startsWith('theme-')) return id === `theme-${settings.theme}`;
        return id.startsWith('language-') ? id === `language-${settings.language}` : null;
      },
    };
  }, [t, session, editor, open, openTab, settings, writeSettings, announce, role, suggestions, suggesting, screen]);
}
