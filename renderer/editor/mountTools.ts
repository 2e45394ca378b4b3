import { type LexicalEditor, mergeRegister } from 'lexical';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import type { EditorBinding } from './binding/bindEditor.ts';
import { createRedlineApi } from './commands/createRedlineApi.ts';
import { NoBreakSpaces } from './decorations/NoBreakSpaces.ts';
import { paintHighlight } from './decorations/paintHighlight.ts';
import type { EditorTools } from './EditorTools.ts';
import { complaintLanguage, onComplaintLanguage, setComplaintLanguage } from './language/complaintLanguage.ts';
import { LanguageTool } from './language/LanguageTool.ts';
import { paintLanguages } from './language/paintLanguages.ts';
import { BlockTexts } from './search/BlockTexts.ts';
import { EditorSearchRoot } from './search/EditorSearchRoot.ts';
import { Finder } from './search/Finder.ts';
import { findPatterns } from './search/findPatterns.ts';
import { Spelling } from './spelling/Spelling.ts';
import { createSpellService } from './spelling/SpellService.ts';
import { registerTyping } from './typing/registerTyping.ts';
import { SIGNS } from './typing/signs.ts';

/** The tools of the body's editor. */
export function mountTools({
  editor,
  notesEditor,
  binding,
  session,
}: {
  editor: LexicalEditor;
  notesEditor: LexicalEditor;
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
  const spelling = new Spelling({
    editor,
    blocks,
    root,
    service: createSpellService(),
    getDictionary: () => session.getRecords('dictionary'),
    getNames: () => [
      ...session.getRecords('people').map(({ pseudonym }) => pseudonym),
      ...session.getRecords('organizations').flatMap(({ name, initials }) => [name, initials]),
    ],
  });
  const redline = createRedlineApi(editor, notesEditor, binding, session.doc);
  const language = new LanguageTool(editor);
  const marks = new NoBreakSpaces(editor, blocks);
  let typing = true;
  let records = namesSeen(session);
  const stop = mergeRegister(
    paintLanguages(editor),
    registerTyping(editor, { closeUndoStep, isOn: () => typing }),
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
      spelling.readKnown();
    }),
  );
  return {
    api: {
      redline,
      find,
      spelling,
      language,
      signs: SIGNS,
      setSwitches(switches) {
        ({ typing } = switches);
        spelling.setOn(switches.spelling);
        marks.setOn(switches.formattingMarks);
      },
    },
    dispose() {
      stop();
      marks.dispose();
      language.dispose();
      redline.dispose();
      spelling.dispose();
      find.dispose();
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
