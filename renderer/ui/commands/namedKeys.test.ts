import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en.ts';
import { PLACE_KEYS, type PlaceKeyId } from './placeKeys.ts';

const RENDERER = new URL('../../', import.meta.url);

/** Which lines of the keyboard map tell of the keys that a file listens for by itself. */
const TOLD: Readonly<Record<string, readonly PlaceKeyId[]>> = {
  'app/CommandPalette.tsx': ['lists'],
  'app/ComplaintScreen.tsx': ['leave'],
  'app/MoreTools.tsx': ['lists', 'leave'],
  'app/Outline.tsx': ['lists', 'outline'],
  'app/ReferencePicker.tsx': ['lists', 'leave'],
  'app/Toolbar.tsx': ['lists', 'leave'],
  'app/ToolbarPopover.tsx': ['leave'],
  'app/TopBar.tsx': ['field', 'rename'],
  'app/useSelectionPlace.ts': ['open-inline'],
  'editor/commands/createLinkApi.ts': ['link'],
  'editor/commands/jumpToEnds.ts': ['jump'],
  'editor/commands/registerKeys.ts': ['remove'],
  'editor/commands/showCaretAfterJump.ts': ['jump'],
  'editor/images/registerImages.ts': ['open-inline'],
  'editor/notes/registerNoteKeys.ts': ['to-note', 'from-note', 'between-notes'],
  'editor/paste/PasteStrip.tsx': ['leave'],
  'editor/references/createReferenceApi.ts': ['open-inline'],
  'editor/suggestions/registerSuggesting.ts': ['remove'],
  'editor/tables/registerTables.ts': ['cells', 'select-cells', 'leave'],
  'features/claims/ExhibitPicker.tsx': ['lists', 'leave'],
  'features/comments/MentionField.tsx': ['lists', 'leave', 'send'],
  'features/exhibits/DocumentViewer.tsx': ['viewer-pages', 'viewer-size', 'leave'],
  'features/exhibits/OriginalViewer.tsx': ['leave'],
  'features/exhibits/PageInput.tsx': ['field'],
  'features/find/FindBar.tsx': ['find-field', 'replace-field'],
  'features/library/LibraryRow.tsx': ['field'],
  'features/library/LibraryScreen.tsx': ['leave'],
  'features/members/MemberQuestion.tsx': ['leave'],
  'features/people/PersonForm.tsx': ['leave'],
  'features/security/PassphraseForm.tsx': ['leave'],
  'features/spelling/SpellingMenu.tsx': ['lists', 'leave'],
  'features/spelling/useSpellingMenu.ts': ['spelling-menu'],
  'features/print/PrintPreview.tsx': ['viewer-pages', 'leave'],
  'features/versions/RenameVersion.tsx': ['field'],
  'features/versions/RedlinePage.tsx': ['next-change', 'leave'],
  'features/tables/TableBar.tsx': ['lists', 'leave'],
  'ui/CommittedField.tsx': ['field'],
  'ui/InlineConfirm.tsx': ['leave'],
  'ui/Splitter.tsx': ['lists'],
  'ui/Tabs.tsx': ['lists'],
};

/** Another key for the same thing, and keys that only leave what they were in. */
const SAME: Readonly<Record<string, string>> = { '=': '+', ' ': 'Space', e: 'E', Tab: 'Escape' };

const LISTENS = /keydown|onKeyDown|KEY_[A-Z_]+_COMMAND|setTriggerKeys/;
const LEXICAL: Readonly<Record<string, string>> = {
  ENTER: 'Enter',
  ESCAPE: 'Escape',
  TAB: 'Tab',
  SPACE: 'Space',
  BACKSPACE: 'Backspace',
  DELETE: 'Delete',
  ARROW_UP: 'ArrowUp',
  ARROW_DOWN: 'ArrowDown',
  ARROW_LEFT: 'ArrowLeft',
  ARROW_RIGHT: 'ArrowRight',
};
const NAMES =
  'Arrow(?:Up|Down|Left|Right)|Home|End|PageUp|PageDown|Enter|Escape|Tab|Backspace|Delete|ContextMenu|F\\d{1,2}';

/** The keys that a source listens for by itself, without asking the registry. */
function readKeys(source: string): string[] {
  if (!LISTENS.test(source)) return [];
  const keys = new Set<string>();
  for (const [, key] of source.matchAll(/\b(?:key|code)\s*[!=]==?\s*'([^']+)'/g)) keys.add(key as string);
  for (const [, key] of source.matchAll(/case '([^']{1,2})':/g)) keys.add(key as string);
  for (const [, key] of source.matchAll(new RegExp(`(?:case '|[{,]\\s*)(${NAMES})\\b(?=['":])`, 'g')))
    keys.add(key as string);
  for (const [, key] of source.matchAll(/'((?:Key[A-Z])|(?:Digit\d))'|\b(Digit\d|Key[A-Z])\b(?=\s*:)/g))
    if (key) keys.add(key);
  for (const [, name] of source.matchAll(/\bKEY_([A-Z_]+)_COMMAND\b/g)) {
    const key = LEXICAL[name as string];
    if (key) keys.add(key);
  }
  return [...keys];
}

const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/testing\/|^ui\/commands\//.test(path))
  .sort();
const read = (path: string) => readFileSync(new URL(path, RENDERER), 'utf8');

describe('every key', () => {
  it('is a command of the registry, or is told of in the keyboard map', () => {
    const untold = files.flatMap((path) => {
      const told = new Set(
        (TOLD[path] ?? []).flatMap((id) => PLACE_KEYS[id].map((key) => key.split('+').at(-1) || '+')),
      );
      return readKeys(read(path))
        .map((key) => SAME[key] ?? key)
        .filter((key) => !told.has(key))
        .map((key) => `${path}: ${key}`);
    });
    expect(untold).toEqual([]);
  });

  it('is found by this test when nobody has named it', () => {
    expect(
      readKeys("document.addEventListener('keydown', (event) => { if (event.code === 'KeyQ') quit(); });"),
    ).toEqual(['KeyQ']);
    expect(readKeys("const MOVES = { Digit7: 'bullet' }; editor.registerCommand(KEY_ENTER_COMMAND, f);")).toEqual([
      'Enter',
    ]);
    expect(readKeys("onKeyDown={(event) => { switch (event.key) { case 'F9': case 'x': run(); } }}").sort()).toEqual([
      'F9',
      'x',
    ]);
  });

  it('that combines Ctrl, Cmd or Alt is listened for in the registry alone, but where the map says so', () => {
    const combining = files.filter(
      (path) => LISTENS.test(read(path)) && /\.(?:ctrlKey|metaKey|altKey)\b/.test(read(path)) && !TOLD[path],
    );
    expect(combining).toEqual([]);
  });

  it('of one place is told of, and each file that is named here still listens', () => {
    expect(Object.keys(en.commands.places).sort()).toEqual(Object.keys(PLACE_KEYS).sort());
    expect(Object.keys(TOLD).filter((path) => !files.includes(path))).toEqual([]);
  });
});
