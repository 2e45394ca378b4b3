import { type LexicalEditor, TextNode } from 'lexical';
import { linkOf } from '../nodes/linkState.ts';

/** Shows links on the words: an attribute and a title on the text elements, never extra elements. Gives its end. */
export function paintLinks(editor: LexicalEditor): () => void {
  return editor.registerMutationListener(TextNode, (mutations) => {
    const state = editor.getEditorState();
    for (const [key, mutation] of mutations) {
      if (mutation === 'destroyed') continue;
      const node = state._nodeMap.get(key);
      const element = editor.getElementByKey(key);
      if (!node || !element) continue;
      const address = linkOf(node);
      if (address === null) {
        if (!element.dataset.link) continue;
        delete element.dataset.link;
        element.removeAttribute('title');
        element.removeAttribute('role');
      } else {
        element.dataset.link = '1';
        element.title = address;
        element.setAttribute('role', 'link');
      }
    }
  });
}
