import { type Klass, type LexicalNode, type LexicalNodeReplacement, ParagraphNode } from 'lexical';
import { ImageNode } from '../images/ImageNode.ts';
import { CellNode } from '../tables/CellNode.ts';
import { RowNode } from '../tables/RowNode.ts';
import { TableNode } from '../tables/TableNode.ts';
import { $createBlockNode, BlockNode } from './BlockNode.ts';
import { CitationNode } from './CitationNode.ts';
import { FootnoteNode } from './FootnoteNode.ts';
import { NoteNode } from './NoteNode.ts';
import { PersonMentionNode } from './PersonMentionNode.ts';
import { ReferenceNode } from './ReferenceNode.ts';

/** Every node class of the document. Lexical itself makes paragraphs in places; here they are blocks. */
export const EDITOR_NODES: readonly (Klass<LexicalNode> | LexicalNodeReplacement)[] = [
  BlockNode,
  CitationNode,
  PersonMentionNode,
  ReferenceNode,
  FootnoteNode,
  ImageNode,
  NoteNode,
  TableNode,
  RowNode,
  CellNode,
  { replace: ParagraphNode, with: () => $createBlockNode(), withKlass: BlockNode },
];

/** What Lexical keeps on an empty paragraph for the next character typed is this window's own business. */
export const UNSYNCED_PROPERTIES: Map<Klass<LexicalNode>, Set<string>> = new Map<Klass<LexicalNode>, Set<string>>([
  [BlockNode, new Set(['__textFormat', '__textStyle', '__indent', '__style'])],
  [NoteNode, new Set(['__textFormat', '__textStyle', '__indent', '__style'])],
  [TableNode, new Set(['__textFormat', '__textStyle', '__indent', '__style'])],
  [RowNode, new Set(['__textFormat', '__textStyle', '__indent', '__style'])],
  [CellNode, new Set(['__textFormat', '__textStyle', '__indent', '__style'])],
]);
