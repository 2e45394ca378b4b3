import { type LexicalEditor, TextNode } from 'lexical';

/**
 * Replaces what is half a character (a lone surrogate, as a faulty paste, a format or a split by units leaves it) by
 * U+FFFD, which is what it becomes on its way to others. Gives the function that ends it.
 */
export function keepWellFormed(editor: LexicalEditor): () => void {
  return editor.registerNodeTransform(TextNode, (node) => {
    const text = node.getTextContent();
    const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
    if (whole !== text) node.setTextContent(whole);
  });
}
