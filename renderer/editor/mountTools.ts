import { type LexicalEditor, mergeRegister } from 'lexical';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import type { EditorBinding } from './binding/bindEditor.ts';
import { createRedlineApi } from './commands/createRedlineApi.ts';
import { jumpToEnds } from './commands/jumpToEnds.ts';
import { showCaretAfterJump } from './commands/showCaretAfterJump.ts';
import { NoBreakSpaces } from './decorations/NoBreakSpaces.ts';
import { paintHighlight } from './decorations/paintHighlight.ts';
import type { EditorTools } from './EditorTools.ts';
import { complaintLanguage, onComplaintLanguage, setComplaintLanguage } from './language/complaintLanguage.ts';
import { LanguageTool } from './language/LanguageTool.ts';
import { paintLanguages } from './language/paintLanguages.ts';
import type { ActiveEditor } from './notes/ActiveEditor.ts';
import { BlockTexts, type ReadingOrder } from './search/BlockTexts.ts';
import { EditorSearchRoot } from './search/EditorSearchRoot.ts';
import { Finder } from './search/Finder.ts';
import { findPatterns } from './search/findPatterns.ts';
import { joinSpellings } from './spelling/joinSpellings.ts';
import { Spelling } from './spelling/Spelling.ts';
import { createSpellService } from './spelling/SpellService.ts';
import { registerTyping } from './typing/registerTyping.ts';
import { SIGNS } from './typing/signs.ts';

/** The tools of the text and its notes. */
export function mountTools({
  editor,
  notesEditor,
  noteOrder,
  active,
  binding,
  session,
}: {
  editor: LexicalEditor;
  notesEditor: LexicalEditor;
  /** The notes that have a place, by their numbers. */
  noteOrder: ReadingOrder;
  active: ActiveEditor;
  binding: EditorBinding;
  session: ComplaintSession;
}): { api: EditorTools; dispose(): void } {
  setComplaintLanguage(session.getMeta().language);
  const blocks = new BlockTexts(editor);
  const closeUndoStep = (): void => binding.undoManager.stopCapturing();
  const root = new EditorSearchRoot(editor, blocks, closeUndoStep);
  const find = new Finder({
    findPatterns,
    paint: (all, current) => {
      paintHighlight('find', all);
      paintHighlight('find-current', current);
    },
    nowMs: () => performance.now(),
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  });
  find.register(root);
  const noteBlocks = new BlockTexts(notesEditor, noteOrder);
  const noteRoot = new EditorSearchRoot(notesEditor, noteBlocks, closeUndoStep);
  find.register(noteRoot);
  const service = createSpellService();
  const words = {
    service,
    getDictionary: () => session.getRecords('dictionary'),
    getNames: () => [
      ...session.getRecords('people').map(({ pseudonym }) => pseudonym),
      ...session.getRecords('organizations').flatMap(({ name, initials }) => [name, initials]),
    ],
  };
  const spellings = [
    new Spelling({ ...words, editor, blocks, root, highlight: 'spelling' }),
    new Spelling({ ...words, editor: notesEditor, blocks: noteBlocks, root: noteRoot, highlight: 'spelling-notes' }),
  ] as const;
  const isInNote = (): boolean => active.get() === notesEditor;
  const redline = createRedlineApi(editor, notesEditor, binding);
  const languages = [new LanguageTool(editor), new LanguageTool(notesEditor)] as const;
  const language = (): LanguageTool => languages[isInNote() ? 1 : 0];
  const marks = new NoBreakSpaces(editor, blocks);
  let typing = true;
  let records = namesSeen(session);
  const stop = mergeRegister(
    ...[editor, notesEditor].flatMap((each) => [
      paintLanguages(each),
      jumpToEnds(each),
      showCaretAfterJump(each),
      registerTyping(each, { closeUndoStep, isOn: () => typing }),
    ]),
    editor.registerRootListener(sayLanguage),
    notesEditor.registerRootListener(sayLanguage),
    onComplaintLanguage(() => {
      sayLanguage(editor.getRootElement());
      sayLanguage(notesEditor.getRootElement());
    }),
    session.subscribe(() => {
      setComplaintLanguage(session.getMeta().language);
      const now = namesSeen(session);
      if (now.every((list, position) => list === records[position])) return;
      records = now;
      for (const each of spellings) each.readKnown();
    }),
  );
  return {
    api: {
      redline,
      find,
      spelling: joinSpellings(spellings, () => spellings[isInNote() ? 1 : 0]),
      language: {
        get: () => language().get(),
        set: (next) => language().set(next),
        subscribe: (listener) =>
          mergeRegister(active.subscribe(listener), ...languages.map((each) => each.subscribe(listener))),
      },
      signs: SIGNS,
      setSwitches(switches) {
        ({ typing } = switches);
        for (const each of spellings) each.setOn(switches.spelling);
        marks.setOn(switches.formattingMarks);
      },
    },
    dispose() {
      stop();
      marks.dispose();
      for (const each of languages) each.dispose();
      for (const each of spellings) each.dispose();
      service.dispose();
      find.dispose();
      noteBlocks.dispose();
      blocks.dispose();
    },
  };
}

/** For screen readers and hyphenation; passages in another language say so themselves. */
function sayLanguage(root: HTMLElement | null): void {
  if (root) root.lang = complaintLanguage() === 'es' ? 'es' : 'en-US';
}

function namesSeen(session: ComplaintSession): readonly unknown[] {
  return (['dictionary', 'people', 'organizations'] as const).map((name) => session.getRecords(name));
}
