import { $getRoot, $isElementNode, $isTextNode, CONTROLLED_TEXT_INSERTION_COMMAND } from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody, TextState } from '../../../shared/domain/document.ts';
import { fillBody } from '../binding/fillBody.ts';
import { stateOf } from '../nodes/textState.ts';
import { $insertPasted } from '../paste/insertPasted.ts';
import type { PastedBlock } from '../paste/Pasted.ts';
import { drawIds } from '../paste/testing/drawIds.ts';
import { ReviewDesk } from '../testing/ReviewDesk.ts';

const CLAIM = { cl_cccccccccccccccc: 1 } as TextState;
const COMMENT = { cm_tttttttttttttttt: 1 } as TextState;
const desks: ReviewDesk[] = [];
afterEach(() => {
  for (const desk of desks.splice(0)) desk.dispose();
});

/** One paragraph of runs with their marks and formats. */
function openDesk(...runs: (readonly [words: string, marks?: TextState, format?: number])[]): ReviewDesk {
  const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
  const text = { type: 'text', version: 1, style: '', mode: 'normal', detail: 0 } as const;
  const children = runs.map(([words, $, format = 0]) => ({ ...text, text: words, format, ...($ ? { $ } : {}) }));
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillBody(doc, {
    root: { ...layout, type: 'root', children: [{ ...layout, type: 'block', blockStyle: 'numbered', children }] },
  } as unknown as SerializedBody);
  const desk = new ReviewDesk(2 * 65_536, Y.encodeStateAsUpdate(doc));
  desks.push(desk);
  return desk;
}
/** Words and marks of the runs that hold these words; suggestions left out. */
function marksOf(desk: ReviewDesk, words: string): Record<string, unknown> {
  return desk.text.read(() => {
    const [block] = $getRoot().getChildren();
    const nodes = $isElementNode(block) ? block.getChildren().filter($isTextNode) : [];
    const found = nodes.find((node) => node.getTextContent().includes(words));
    if (!found) throw new Error(`no run with ${words}: ${nodes.map((node) => node.getTextContent()).join('|')}`);
    const kept = Object.entries(stateOf(found) ?? {}).filter(([key]) => !/^(ins|del)_/.test(key));
    return { text: found.getTextContent(), ...Object.fromEntries(kept) };
  });
}
const type = (words: string) => (desk: ReviewDesk) =>
  desk.edit(desk.text, () => void desk.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, words));
const paste = (words: string) => (desk: ReviewDesk) =>
  desk.edit(desk.text, () => {
    const inlines = [{ kind: 'text', text: words, format: 0, smallCaps: false, href: '' }];
    $insertPasted([{ style: 'plain', direction: null, inlines } as unknown as PastedBlock], drawIds());
  });
const ways = [
  ['typed', type('NEW'), false],
  ['pasted', paste('NEW'), false],
  ['typed as a suggestion', type('NEW'), true],
] as const;

describe.each(ways)('[DO24] words put in place of others, %s', (_way, run, suggesting) => {
  const write = (desk: ReviewDesk, start: number, end: number): void => {
    desk.suggestions.api.setSuggesting(suggesting);
    desk.select(desk.text, 0, start, end);
    run(desk);
  };
  it('keep what all of them carried, also across runs of different looks', () => {
    const desk = openDesk(['We '], ['know', { ...CLAIM, ...COMMENT }], [' it', CLAIM, 1], [' now.']);
    write(desk, 3, 10);
    expect(marksOf(desk, 'NEW')).toEqual({ text: 'NEW', ...CLAIM });
  });
  it('that were selected from the end of the run before', () => {
    const desk = openDesk(['We '], ['know', CLAIM], [' now.']);
    desk.suggestions.api.setSuggesting(suggesting);
    // A caret set at the border stands in the run before it.
    desk.select(desk.text, 0, 3, 7);
    run(desk);
    expect(marksOf(desk, 'NEW')).toEqual({ text: 'NEW', ...CLAIM });
    expect(marksOf(desk, 'We ')).toEqual({ text: 'We ' });
  });
  it('carry nothing that only some of them carried', () => {
    const desk = openDesk(['We '], ['know', CLAIM], [' now.']);
    write(desk, 4, 9);
    expect(marksOf(desk, 'NEW')).toEqual({ text: expect.stringContaining('NEW') });
  });
});

describe('[DO24] find and replace', () => {
  it.each([false, true])('keeps claims and comments, suggesting: %s', (suggesting) => {
    const desk = openDesk(['We '], ['kno', { ...CLAIM, ...COMMENT }, 1], ['w', { ...CLAIM, ...COMMENT }], [' now.']);
    desk.suggestions.api.setSuggesting(suggesting);
    const [text] = desk.search.getTexts();
    expect(desk.search.replace([{ key: text?.key ?? '', start: 3, end: 7, found: 'know', words: 'NEW' }])).toBe(1);
    expect(marksOf(desk, 'NEW')).toEqual({ text: 'NEW', ...CLAIM, ...COMMENT });
    // What is suggested to go is not replaced again.
    if (suggesting) {
      const [again] = desk.search.getTexts();
      const start = again?.text.indexOf('know') ?? -1;
      expect(desk.search.replace([{ key: again?.key ?? '', start, end: start + 4, found: 'know', words: 'NEW' }])).toBe(
        0,
      );
    }
  });
});
