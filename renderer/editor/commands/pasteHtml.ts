import { $insertGeneratedNodes } from '@lexical/clipboard';
import { $generateNodesFromDOM } from '@lexical/html';
import { $createTextNode, $getSelection, $isElementNode, type LexicalEditor, type LexicalNode } from 'lexical';
import { parseForeignHtml } from '../../ui/trustedTypes.ts';
import { $createBlockNode, $isBlockNode } from '../nodes/BlockNode.ts';

/** What another program puts on the clipboard as one piece; beyond it only the plain text is taken. */
const MAX_HTML_CHARACTERS = 4_000_000;
/** Elements that bring nothing a complaint can hold, or would bring something nobody sees. */
const DROPPED =
  'script, style, link, meta, title, template, noscript, iframe, object, embed, svg, math, img, picture, video, audio, canvas, form, input, button, select, textarea, [hidden]';

/**
 * Pastes text of another program: words, our formats and block styles, nothing else (no links, images, colors, hidden
 * text). False when there is no HTML to take; the plain text is then pasted instead.
 */
export function $pasteHtml(editor: LexicalEditor, data: DataTransfer): boolean {
  const html = data.getData('text/html');
  const selection = $getSelection();
  if (html === '' || html.length > MAX_HTML_CHARACTERS || selection === null) return false;
  const page = parseForeignHtml(html);
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  for (const element of page.querySelectorAll<HTMLElement>('[style*="display"], [style*="visibility"]')) {
    if (element.style.display === 'none' || element.style.visibility === 'hidden') element.remove();
  }
  const nodes = $generateNodesFromDOM(editor, page).filter((node) => !isBlankText(node));
  if (nodes.length === 0) return false;
  $insertGeneratedNodes(editor, nodes.some($isBlockNode) ? nodes.map($asBlock) : nodes, selection);
  return true;
}

function isBlankText(node: LexicalNode): boolean {
  return !$isElementNode(node) && node.getType() === 'text' && node.getTextContent().trim() === '';
}

function $asBlock(node: LexicalNode): LexicalNode {
  if ($isBlockNode(node)) return node;
  const block = $createBlockNode('plain');
  return block.append($isElementNode(node) ? $createTextNode(node.getTextContent()) : node);
}
