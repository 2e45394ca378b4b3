import { createHeadlessEditor } from '@lexical/headless';
import { $createRangeSelection, $getRoot, $isElementNode, $isTextNode, $setSelection } from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { readCollection, recordEntries } from '../../../shared/domain/collections.ts';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import type { ThreadId } from '../../../shared/domain/ids.ts';
import { bindEditor, RECORD_ORIGIN } from '../binding/bindEditor.ts';
import { FailureLatch } from '../binding/FailureLatch.ts';
import { fillBody } from '../binding/fillBody.ts';
import { renderFresh } from '../binding/renderFresh.ts';
import { DocumentIndexer } from '../index/DocumentIndexer.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { SeededRandom } from '../testing/seededRandom.ts';
import { createThreadApi } from './createThreadApi.ts';
import { shortenQuote } from './threadCommands.ts';

const THREAD = 'aaaaaaaaaaaaaaaa' as ThreadId;
const OTHER = 'bbbbbbbbbbbbbbbb' as ThreadId;
const FIRST = 'The list was not previously known.';
const SECOND = 'Ten officers work there.';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

function genesis(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
  const block = (words: string) => ({
    ...layout,
    type: 'block',
    blockStyle: 'numbered',
    children: [{ type: 'text', version: 1, text: words, format: 0, style: '', mode: 'normal', detail: 0 }],
  });
  fillBody(doc, {
    root: { ...layout, type: 'root', children: [block(FIRST), block(SECOND)] },
  } as unknown as SerializedBody);
  return Y.encodeStateAsUpdate(doc);
}

/** One person with the text, the records of conversations, and what the window asks of them. */
function startPerson(device: number, from: Uint8Array) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, from, 'genesis');
  doc.clientID = device * 65_536;
  const awareness = new Awareness(doc);
  const failures = new FailureLatch();
  const editor = createHeadlessEditor({ namespace: 'threads', nodes: [...EDITOR_NODES], onError: failures.onError });
  const records = doc.getMap('threads');
  const binding = bindEditor({ editor, doc, awareness, cursorsContainer: null, failures, recordRoots: [records] });
  const threads = createThreadApi({ editor, binding, awareness, show: () => undefined });
  const indexer = new DocumentIndexer(editor, () => []);
  open.push(() => {
    indexer.dispose();
    binding.dispose();
    awareness.destroy();
    doc.destroy();
  });
  const select = (block: number, words: string): void =>
    editor.update(
      () => {
        const element = $getRoot().getChildAtIndex(block);
        if (!$isElementNode(element)) throw new Error('no such block');
        const [start, end] = [element.getTextContent().indexOf(words), words.length];
        if (start < 0) throw new Error(`not in the block: ${words}`);
        const selection = $createRangeSelection();
        let at = 0;
        let set = false;
        for (const node of element.getChildren()) {
          const size = node.getTextContentSize();
          if ($isTextNode(node)) {
            if (!set && start <= at + size) {
              selection.anchor.set(node.getKey(), start - at, 'text');
              set = true;
            }
            if (start + end <= at + size) {
              selection.focus.set(node.getKey(), start + end - at, 'text');
              break;
            }
          }
          at += size;
        }
        $setSelection(selection);
      },
      { discrete: true },
    );
  const edit = (run: (selection: ReturnType<typeof $createRangeSelection>) => void): void =>
    editor.update(
      () => {
        const selection = editor.getEditorState()._selection?.clone();
        if (selection && 'insertText' in selection) {
          $setSelection(selection);
          run(selection as ReturnType<typeof $createRangeSelection>);
        }
      },
      { discrete: true },
    );
  const quoteOf = (id: ThreadId): string | undefined => {
    indexer.recompute();
    return indexer.getIndex().threads.get(id)?.text;
  };
  return { doc, editor, binding, threads, indexer, records, failures, select, edit, quoteOf };
}
type Person = ReturnType<typeof startPerson>;

function comment(person: Person, id: ThreadId): boolean {
  const subject = person.threads.holdSubject();
  if (!subject) throw new Error('nothing to comment on');
  const marked = person.threads.markThread(id, subject);
  person.doc.transact(() => {
    const thread = { id, anchor: subject.anchor, quote: subject.quote, by: 1, at: 1 } as const;
    for (const [key, value] of recordEntries<'threads'>(thread)) person.records.set(key, value);
  }, RECORD_ORIGIN);
  return marked;
}

function meet(...people: Person[]): void {
  for (const from of people)
    for (const to of people)
      if (from !== to) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'remote');
  for (const person of people) {
    expect(person.failures.count).toBe(0);
    expect(JSON.stringify(renderFresh(person.doc))).toBe(JSON.stringify(renderFresh(people[0]?.doc as Y.Doc)));
  }
}

function startTwo(): [Person, Person] {
  const from = genesis();
  return [startPerson(1, from), startPerson(2, from)];
}

describe('threads in the text', () => {
  it('[DO20] stand on the selected words, for the partner too, and know the words as they are now', () => {
    const [one, two] = startTwo();
    one.select(0, ' not previously ');
    expect(comment(one, THREAD)).toBe(true);
    expect(one.quoteOf(THREAD)).toBe('not previously');
    meet(one, two);
    expect(two.quoteOf(THREAD)).toBe('not previously');
    two.select(0, 'previously');
    two.edit((selection) => {
      selection.focus.set(selection.anchor.key, selection.anchor.offset, 'text');
      selection.insertText('even ');
    });
    meet(one, two);
    expect(one.quoteOf(THREAD)).toBe('not even previously');
  });

  it('overlap, and one is taken away without the other', () => {
    const [one] = startTwo();
    one.select(0, 'list was not');
    comment(one, THREAD);
    one.select(0, 'not previously');
    comment(one, OTHER);
    expect([one.quoteOf(THREAD), one.quoteOf(OTHER)]).toEqual(['list was not', 'not previously']);
    one.threads.unmarkThread(THREAD);
    expect([one.quoteOf(THREAD), one.quoteOf(OTHER)]).toEqual([undefined, 'not previously']);
  });

  it('stand on a whole paragraph when no words are selected', () => {
    const [one, two] = startTwo();
    one.select(1, '');
    expect(one.threads.holdSubject()).toMatchObject({ anchor: 'block', quote: SECOND });
    comment(one, THREAD);
    meet(one, two);
    expect(two.quoteOf(THREAD)).toBe(SECOND);
    two.select(1, 'Ten');
    two.edit((selection) => selection.insertText('Nine'));
    meet(one, two);
    expect(one.quoteOf(THREAD)).toBe('Nine officers work there.');
  });

  it('take citations between the words in', () => {
    const [one, two] = startTwo();
    one.select(1, 'officers');
    one.edit((selection) => selection.insertNodes([$createCitationNode('' as never, 0)]));
    one.editor.update(
      () => {
        const block = $getRoot().getChildAtIndex(1);
        if ($isElementNode(block)) block.select(0, block.getChildrenSize());
      },
      { discrete: true },
    );
    comment(one, THREAD);
    meet(one, two);
    const marks = renderFresh(two.doc).root.children[1]?.children.map(
      (child) => '$' in child && Object.keys(child.$ ?? {}),
    );
    expect(marks).toEqual([[`cm_${THREAD}`], [`cm_${THREAD}`], [`cm_${THREAD}`]]);
  });

  it('hold the place while a partner writes before it and inside it', () => {
    const [one, two] = startTwo();
    one.select(0, 'not previously');
    const subject = one.threads.holdSubject();
    one.select(1, 'officers');
    two.select(0, 'The list');
    two.edit((selection) => selection.insertText('A list of 240 names'));
    two.select(0, 'not ');
    two.edit((selection) => selection.insertText('not even '));
    meet(one, two);
    expect(subject && one.threads.markThread(THREAD, subject)).toBe(true);
    expect(one.quoteOf(THREAD)).toContain('previously');
    expect(one.quoteOf(THREAD)).not.toContain('officers');
  });

  it('undo takes the mark and the record back together, redo brings both', () => {
    const [one] = startTwo();
    one.select(0, 'known');
    comment(one, THREAD);
    one.binding.undoManager.undo();
    expect([one.quoteOf(THREAD), readCollection('threads', one.records)]).toEqual([undefined, []]);
    one.binding.undoManager.redo();
    expect(one.quoteOf(THREAD)).toBe('known');
    expect(readCollection('threads', one.records)).toHaveLength(1);
  });

  it('a split through the words leaves both halves of it', () => {
    const [one, two] = startTwo();
    one.select(0, 'not previously');
    comment(one, THREAD);
    meet(one, two);
    two.select(0, 'previously');
    two.edit((selection) => {
      selection.focus.set(selection.anchor.key, selection.anchor.offset, 'text');
      selection.insertParagraph();
    });
    meet(one, two);
    expect(one.quoteOf(THREAD)).toBe('not previously');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[DO20] words deleted by a partner at the same time: orphaned with the quote, not lost, seed %i',
    (seed) => {
      const random = new SeededRandom(seed);
      const [one, two] = startTwo();
      const start = random.below(FIRST.length - 6);
      const words = FIRST.slice(start, start + 2 + random.below(4)).trim();
      one.select(0, words);
      const quote = one.threads.holdSubject()?.quote;
      comment(one, THREAD);
      two.select(0, FIRST);
      two.edit((selection) => selection.removeText());
      meet(one, two);
      for (const person of [one, two]) {
        expect(person.quoteOf(THREAD)).toBeUndefined();
        expect(readCollection('threads', person.records)).toMatchObject([{ id: THREAD, quote }]);
      }
    },
  );

  it('a held place whose words are gone marks nothing', () => {
    const [one, two] = startTwo();
    one.select(0, 'previously');
    const subject = one.threads.holdSubject();
    two.select(0, FIRST);
    two.edit((selection) => selection.removeText());
    meet(one, two);
    expect(subject && one.threads.markThread(THREAD, subject)).toBe(false);
  });

  it('a quote is cut at its limit, never inside a character', () => {
    expect(shortenQuote(' a \n b ')).toBe('a b');
    const cut = shortenQuote('\u{1F4C4}'.repeat(400));
    expect(cut.length).toBeLessThanOrEqual(300);
    expect(() => encodeURIComponent(cut)).not.toThrow(); // as it does for half a character
  });
});
