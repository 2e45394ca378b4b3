import { createHeadlessEditor } from '@lexical/headless';
import { $createTextNode, $getNodeByKey, $getRoot, $isElementNode, type LexicalEditor } from 'lexical';
import { describe, expect, it } from 'vitest';
import type { ImageId } from '../../../shared/domain/ids.ts';
import { DocumentIndexer } from '../index/DocumentIndexer.ts';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { $isImageNode } from './ImageNode.ts';
import { $changeImage, $insertImage, $removeImage, $selectImage, stepWidth } from './imageCommands.ts';

const ID = 'aaaaaaaaaaaaaaaa' as ImageId;

function open() {
  const editor = createHeadlessEditor({
    nodes: [...EDITOR_NODES],
    onError: (error) => {
      throw error;
    },
  });
  editor.update(
    () =>
      void $getRoot()
        .clear()
        .append($createBlockNode('numbered').append($createTextNode('Words'))),
    {
      discrete: true,
    },
  );
  return { editor, indexer: new DocumentIndexer(editor, () => []) };
}
function run(editor: LexicalEditor, command: () => boolean, caret = true): boolean {
  let done = false;
  editor.update(
    () => {
      const block = $getRoot().getFirstChild();
      if (caret && $isElementNode(block)) block.selectEnd();
      done = command();
    },
    { discrete: true },
  );
  return done;
}

describe('images in the text', () => {
  it('[DO81] come only with words, on one line', () => {
    const { editor, indexer } = open();
    expect(run(editor, () => $insertImage({ imageId: ID, alt: ' \n', width: 50 }))).toBe(false);
    expect(run(editor, () => $insertImage({ imageId: ID, alt: ' A\nmap ', width: 50 }))).toBe(true);
    expect(indexer.getIndex().images).toMatchObject([{ imageId: ID, alt: 'A map', width: 50, number: 1 }]);
    expect(indexer.getIndex().wordCount).toBe(1);
    const nodeKey = indexer.getIndex().images[0]?.nodeKey ?? '';
    const beside = () => {
      const node = $getNodeByKey(nodeKey);
      if ($isImageNode(node)) $selectImage(node);
      return $insertImage({ imageId: ID, alt: 'Behind it', width: 10 });
    };
    expect(run(editor, beside, false)).toBe(true);
    expect(indexer.getIndex().images.map(({ alt }) => alt)).toEqual(['A map', 'Behind it']);
  });

  it('[DO81] change their words and width, and keep them when there would be none', () => {
    const { editor, indexer } = open();
    run(editor, () => $insertImage({ imageId: ID, alt: 'A map', width: 50 }));
    const { nodeKey } = indexer.getIndex().images[0] ?? { nodeKey: '' };
    expect(run(editor, () => $changeImage(nodeKey, { alt: '  ', width: 20 }))).toBe(false);
    expect(run(editor, () => $changeImage(nodeKey, { alt: 'Another', width: 20 }))).toBe(true);
    indexer.recompute();
    expect(indexer.getIndex().images).toMatchObject([{ alt: 'Another', width: 20 }]);
    expect(run(editor, () => $removeImage(nodeKey))).toBe(true);
    expect(indexer.getIndex().images).toEqual([]);
    expect(indexer.getIndex().blocks[0]?.text).toBe('Words');
  });

  it('[DO80] read anything that another program stored as something', () => {
    const { editor, indexer } = open();
    const state = JSON.parse(JSON.stringify(editor.getEditorState().toJSON()));
    state.root.children[0].children = [
      { type: 'image', version: 1 },
      { type: 'image', version: 9, imageId: '../x', alt: 7, width: 'wide', more: {} },
      { type: 'image', version: 1, imageId: ID, alt: 'a'.repeat(9_000), width: 1e9 },
    ];
    editor.setEditorState(editor.parseEditorState(state));
    expect(indexer.getIndex().images).toMatchObject([
      { imageId: '', alt: '', width: 100 },
      { imageId: '', alt: '', width: 100 },
      { imageId: ID, alt: 'a'.repeat(1_000), width: 100 },
    ]);
    const again = JSON.stringify(editor.getEditorState().toJSON());
    expect(again).not.toContain('../x');
  });

  it('step within the bounds', () => {
    expect([stepWidth(10, -1), stepWidth(10, 1), stepWidth(98, 1), stepWidth(52, -1)]).toEqual([10, 15, 100, 45]);
  });
});
