import { createHeadlessEditor } from '@lexical/headless';
import {
  $createTextNode,
  $getRoot,
  $isElementNode,
  $isTextNode,
  type LexicalEditor,
  type LexicalNode,
  type SerializedEditorState,
} from 'lexical';
import { describe, expect, it } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import {
  BLOCK_STYLES,
  type SerializedBlock,
  type SerializedBody,
  type SerializedInline,
} from '../../../shared/domain/document.ts';
import { buildRedline } from '../../../shared/domain/redline/buildRedline.ts';
import { bindEditor } from '../binding/bindEditor.ts';
import { FailureLatch } from '../binding/FailureLatch.ts';
import { fillBody } from '../binding/fillBody.ts';
import { renderFresh } from '../binding/renderFresh.ts';
import { takeBody } from '../binding/takeBody.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { SeededRandom } from '../testing/seededRandom.ts';
import { $applyRedline } from './applyRedline.ts';

const WORDS = 'the court held that no list of names may stand without a hearing before it is used against her'.split(
  ' ',
);

type Random = () => number;
function seededRandom(seed: number): Random {
  const source = new SeededRandom(seed);
  return () => source.next();
}
const next = (random: Random, limit: number): number => Math.floor(random() * limit);
const words = (random: Random, count: number): string =>
  Array.from({ length: count }, () => WORDS[next(random, WORDS.length)]).join(' ');

function inlines(random: Random): SerializedInline[] {
  return Array.from({ length: next(random, 4) }, (_, at) =>
    random() < 0.2
      ? { type: 'citation', version: 1, exhibitId: '', page: next(random, 5) }
      : ({
          type: 'text',
          version: 1,
          text: `${words(random, 2 + next(random, 9))} `,
          format: at % 3,
          style: '',
          mode: 'normal',
          detail: 0,
          ...(random() < 0.2 ? { $: { cl_abc: 1 } } : {}),
        } as SerializedInline),
  );
}
const block = (random: Random): SerializedBlock => ({
  type: 'block',
  version: 1,
  blockStyle: BLOCK_STYLES[next(random, 6)] ?? 'plain',
  children: inlines(random),
  direction: null,
  format: '',
  indent: 0,
});
function change(random: Random, body: SerializedBody): SerializedBody {
  const copy = structuredClone(body);
  const blocks = copy.root.children;
  for (let times = 1 + next(random, 5); times > 0; times -= 1) {
    const at = next(random, blocks.length);
    const one = blocks[at] as SerializedBlock;
    const kind = next(random, 6);
    if (kind === 0) blocks.splice(at, 0, block(random));
    else if (kind === 1 && blocks.length > 1) blocks.splice(at, 1);
    else if (kind === 2) blocks.splice(next(random, blocks.length), 0, ...blocks.splice(at, 1));
    else if (kind === 3)
      blocks.splice(at, 1, { ...one, children: one.children.slice(0, 1) }, { ...one, children: one.children.slice(1) });
    else if (kind === 4) one.blockStyle = BLOCK_STYLES[next(random, 6)] ?? 'plain';
    else
      for (const child of one.children)
        if (child.type === 'text' && random() < 0.5)
          child.text = child.text.replace(/\w+ \w+/, words(random, 1 + next(random, 3)));
  }
  return copy;
}

/** As the editor would write it down: neighbours alike are joined, and so on. */
function normal(body: SerializedBody): SerializedBody {
  const editor = createHeadlessEditor({
    nodes: [...EDITOR_NODES],
    onError: (error) => {
      throw error;
    },
  });
  editor.setEditorState(editor.parseEditorState(body as unknown as SerializedEditorState));
  return takeBody(editor);
}

function peer(doc: Y.Doc) {
  const failures = new FailureLatch();
  const editor = createHeadlessEditor({ nodes: [...EDITOR_NODES], onError: failures.onError });
  const awareness = new Awareness(doc);
  const binding = bindEditor({ editor, doc, awareness, cursorsContainer: null, failures, recordRoots: [] });
  return {
    editor,
    binding,
    failures,
    end: () => {
      binding.dispose();
      awareness.destroy();
    },
  };
}

describe('applyRedline', () => {
  it('gives exactly the other text, in the editor and in the document, and undo takes it back in one step', () => {
    for (let seed = 1; seed <= 120; seed += 1) {
      const random = seededRandom(seed);
      const first = normal({
        root: {
          type: 'root',
          version: 1,
          direction: null,
          format: '',
          indent: 0,
          children: Array.from({ length: 1 + next(random, 8) }, () => block(random)),
        },
      });
      const second = normal(change(random, first));
      const doc = new Y.Doc();
      fillBody(doc, first);
      const one = peer(doc);
      const before = takeBody(one.editor);
      one.binding.undoManager.clear();
      one.editor.update(() => $applyRedline(buildRedline(before, second)), { discrete: true });
      expect(takeBody(one.editor).root.children, `seed ${seed}`).toEqual(second.root.children);
      expect(renderFresh(doc).root.children, `seed ${seed}`).toEqual(second.root.children);
      one.binding.undoManager.undo();
      expect(takeBody(one.editor).root.children, `undo, seed ${seed}`).toEqual(before.root.children);
      expect(one.failures.last, `seed ${seed}`).toBeNull();
      one.end();
    }
  });

  it('keeps what a partner types meanwhile in a paragraph that stays', () => {
    const random = seededRandom(77);
    const text = (line: string): SerializedBlock => ({
      ...block(random),
      blockStyle: 'numbered',
      children: [{ type: 'text', version: 1, text: line, format: 0, style: '', mode: 'normal', detail: 0 }],
    });
    const body = (...lines: string[]): SerializedBody => ({
      root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children: lines.map(text) },
    });
    const then = body(
      'The first paragraph is as it was.',
      'The second one said this of the officers then.',
      'The third stands still.',
    );
    const now = body(
      'The first paragraph is as it was.',
      'The second one says that of the officers now.',
      'A new one came.',
      'The third stands still.',
    );
    const doc = new Y.Doc();
    fillBody(doc, now);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc), 'copy');
    const [one, two] = [peer(doc), peer(other)];
    two.editor.update(
      () => {
        for (const at of [1, 3]) {
          const child = $getRoot().getChildAtIndex(at);
          const last = $isElementNode(child) ? child.getLastChild() : null;
          if ($isTextNode(last)) last.setTextContent(`${last.getTextContent()} PARTNER${at}`);
        }
      },
      { discrete: true },
    );
    one.editor.update(() => $applyRedline(buildRedline(takeBody(one.editor), then)), { discrete: true });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'remote');
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc), 'remote');
    const lines = one.editor.read(() =>
      $getRoot()
        .getChildren()
        .map((child) => child.getTextContent()),
    );
    expect(lines).toEqual([
      'The first paragraph is as it was.',
      'The second one said this of the officers then. PARTNER1',
      'The third stands still. PARTNER3',
    ]);
    expect(takeBody(two.editor)).toEqual(takeBody(one.editor));
    one.end();
    two.end();
  });

  it('[DO53] keeps a block of which only the marks differ, with a partner’s words in it', () => {
    const now = lines('The first paragraph is as it was.', 'The second one stands.');
    Object.assign(now.root.children[1] as object, { $: { id: 'a'.repeat(16), cm_x: 1 }, blockStyle: 'quote' });
    const then = lines('The first paragraph is as it was.', 'The second one stands.');
    const { one, two, sync } = pair(now);
    two.editor.update(() => $typeAtEnd(1, ' PARTNER'), { discrete: true });
    goBack(one, then);
    sync();
    expect(linesOf(one)).toEqual(['The first paragraph is as it was.', 'The second one stands. PARTNER']);
    expect(takeBody(one.editor).root.children[1]).not.toHaveProperty('$');
    expect(takeBody(two.editor)).toEqual(takeBody(one.editor));
    one.end();
    two.end();
  });

  it('[DO54] keeps words that a partner typed offline into a paragraph that going back takes away', () => {
    const then = lines('The first paragraph.', 'The last paragraph stays where it is.');
    const now = lines(
      'The first paragraph.',
      'A paragraph nobody had then, long enough to be one.',
      'The last paragraph stays where it is.',
    );
    const { one, two, sync } = pair(now);
    two.editor.update(() => $typeAtEnd(1, ' Nobody told me'), { discrete: true });
    one.binding.keepLateWords(() => goBack(one, then));
    expect(linesOf(one)).toEqual(['The first paragraph.', 'The last paragraph stays where it is.']);
    sync();
    expect(linesOf(one)).toEqual(['The first paragraph.', ' Nobody told me', 'The last paragraph stays where it is.']);
    two.editor.update(() => $typeAtEnd(1, ', again.'), { discrete: true });
    sync();
    expect(linesOf(one)[1]).toBe(' Nobody told me, again.');
    expect(takeBody(two.editor)).toEqual(takeBody(one.editor));
    expect(renderFresh(one.doc).root.children).toEqual(takeBody(one.editor).root.children);
    expect([one.failures.last, two.failures.last]).toEqual([null, null]);
    one.end();
    two.end();
  });

  it.each([3, 8])(
    '[DO54] keeps the first words of a partner in an empty paragraph that going back takes away: %s',
    (seed) => {
      const typed = words(seededRandom(seed), 4);
      const { one, two, sync } = pair(lines('The first paragraph.', '', 'The last paragraph stays where it is.'));
      two.editor.update(() => $fill($getRoot().getChildAtIndex(1), typed), { discrete: true });
      one.binding.keepLateWords(() =>
        goBack(one, lines('The first paragraph.', 'The last paragraph stays where it is.')),
      );
      sync();
      expect(linesOf(one)).toEqual(['The first paragraph.', typed, 'The last paragraph stays where it is.']);
      expect(takeBody(two.editor)).toEqual(takeBody(one.editor));
      one.end();
      two.end();
    },
  );

  it('[DO54] leaves a partner’s words where their letters went to, when going back moves a paragraph', () => {
    const a = 'CBP kept a list of gang members that foreign police had sent.';
    const b = 'No court has ever seen how a name comes to stand on that list of theirs.';
    const then = lines(a, b, 'End of it all.');
    const { one, two, sync } = pair(lines(b, a, 'End of it all.'));
    for (const at of [0, 1]) two.editor.update(() => $typeAtEnd(at, ` PARTNER${at}`), { discrete: true });
    one.binding.keepLateWords(() => goBack(one, then));
    sync();
    const all = linesOf(one).join('\n');
    expect(all.match(/PARTNER0/g)).toHaveLength(1);
    expect(all.match(/PARTNER1/g)).toHaveLength(1);
    expect(takeBody(two.editor)).toEqual(takeBody(one.editor));
    one.end();
    two.end();
  });
});

function lines(...each: string[]): SerializedBody {
  return {
    root: {
      type: 'root',
      version: 1,
      direction: null,
      format: '',
      indent: 0,
      children: each.map((line) => ({
        type: 'block',
        version: 1,
        blockStyle: 'numbered',
        children: line
          ? [{ type: 'text', version: 1, text: line, format: 0, style: '', mode: 'normal', detail: 0 }]
          : [],
        direction: null,
        format: '',
        indent: 0,
      })),
    },
  };
}

function pair(body: SerializedBody) {
  const doc = new Y.Doc();
  fillBody(doc, body);
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc), 'copy');
  doc.clientID = 65_536;
  other.clientID = 131_072;
  const one = { ...peer(doc), doc };
  const two = { ...peer(other), doc: other };
  const sync = (): void => {
    for (let times = 0; times < 2; times += 1) {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), 'remote');
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)), 'remote');
    }
  };
  return { one, two, sync };
}

function goBack({ editor }: { editor: LexicalEditor }, then: SerializedBody): void {
  editor.update(() => $applyRedline(buildRedline(takeBody(editor), then)), { discrete: true });
}

function $typeAtEnd(at: number, words: string): void {
  const child = $getRoot().getChildAtIndex(at);
  const last = $isElementNode(child) ? child.getLastChild() : null;
  if ($isTextNode(last)) last.setTextContent(last.getTextContent() + words);
}

function $fill(block: LexicalNode | null, typed: string): void {
  if ($isElementNode(block)) block.clear().append($createTextNode(typed));
}

function linesOf({ editor }: { editor: LexicalEditor }): string[] {
  return editor.read(() =>
    $getRoot()
      .getChildren()
      .map((child) => child.getTextContent()),
  );
}
