import { type Klass, type LexicalEditor, type LexicalNode, mergeRegister, TextNode } from 'lexical';
import { BlockNode } from '../nodes/BlockNode.ts';
import { ownLanguageOf } from './languageState.ts';

/** Writes the languages of words and blocks as `lang` attributes, for screen readers and hyphenation. */
export function paintLanguages(editor: LexicalEditor): () => void {
  const watch = (klass: Klass<LexicalNode>): (() => void) =>
    editor.registerMutationListener(klass, (mutations) => {
      const state = editor.getEditorState();
      for (const [key, mutation] of mutations) {
        const node = mutation === 'destroyed' ? undefined : state._nodeMap.get(key);
        const element = node && editor.getElementByKey(key);
        if (!node || !element) continue;
        const language = ownLanguageOf(node);
        if (language) element.lang = language;
        else if (element.hasAttribute('lang')) element.removeAttribute('lang');
      }
    });
  return mergeRegister(watch(TextNode), watch(BlockNode));
}
