import { createHeadlessEditor } from '@lexical/headless';
import { $createLineBreakNode, $createTextNode, $getRoot } from 'lexical';
import { describe, expect, it } from 'vitest';
import type { ExhibitId, NoteId } from '../../../shared/domain/ids.ts';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { $createFootnoteNode } from '../nodes/FootnoteNode.ts';
import { $setSuggestionMark } from '../nodes/textState.ts';
import { $readPageRuns, type PageWords } from './readPageRuns.ts';
import { lineAt, screenLines } from './screenLines.ts';

const WORDS: PageWords = {
  label: (id) => (id === 'exhibit000000001' ? 'C' : ''),
  pseudonym: () => 'Oscar',
  reference: () => '¶ 4',
  noteNumber: (id) => (id === 'abcdefghijklmnop' ? 12 : 0),
};

describe('readPageRuns', () => {
  it('[FI100] [DO15] reads what is printed: labels, numbers of notes, nothing that is only suggested', () => {
    const editor = createHeadlessEditor({ namespace: 'pages', nodes: [...EDITOR_NODES] });
    let read: ReturnType<typeof $readPageRuns> | null = null;
    editor.update(
      () => {
        const suggested = $createTextNode('new words');
        const block = $createBlockNode('numbered').append(
          $createTextNode('One '),
          suggested,
          $createCitationNode('exhibit000000001' as ExhibitId, 4),
          $createFootnoteNode('abcdefghijklmnop' as NoteId),
          $createLineBreakNode(),
          $createTextNode('two').toggleFormat('bold'),
        );
        $getRoot().clear().append(block);
        $setSuggestionMark(suggested, 'ins_suggestion000001', 1);
        read = $readPageRuns(block, WORDS);
      },
      { discrete: true },
    );
    const { runs, references, nodes } = read as unknown as ReturnType<typeof $readPageRuns>;
    expect(runs.map(({ text }) => text)).toEqual(['One ', '(Ex.\u00a0C at\u00a04)', '12', '\n', 'two']);
    expect(runs.at(-1)?.bold).toBe(true);
    expect(references).toEqual([{ noteId: 'abcdefghijklmnop', number: 12, offset: 16 }]);
    expect(nodes).toHaveLength(6);
    expect(nodes.map(({ start }) => start)).toEqual([0, 4, 4, 16, 18, 19]);
  });

  it('[FI100] knows which line of the screen holds a character', () => {
    const lines = screenLines('plain', [{ text: 'word '.repeat(60) }]);
    expect(lines.length).toBeGreaterThan(2);
    expect(lineAt(lines, 0)).toBe(0);
    expect(lineAt(lines, lines[1]?.start ?? 0)).toBe(1);
    expect(lineAt(lines, 10_000)).toBe(lines.length - 1);
    expect(screenLines('quote', [{ text: 'word '.repeat(60) }]).length).toBeGreaterThan(lines.length);
  });
});
