import { $createRangeSelection, $isElementNode, $isTextNode, $setSelection, type RangeSelection } from 'lexical';
import type { ThreadId } from '../../../shared/domain/ids.ts';
import { $markThread, $placesOf, $unmarkThread } from '../comments/threadCommands.ts';
import type { FuzzPeer } from './FuzzPeer.ts';
import { edit, runOperation } from './fuzzOperations.ts';
import type { SeededRandom } from './seededRandom.ts';

const THREADS = ['ffffffffffffffff', 'gggggggggggggggg', 'hhhhhhhhhhhhhhhh'] as ThreadId[];

/** Comments on words and paragraphs, and what happens to the words under them. */
const COMMENT_OPERATIONS: readonly (readonly [
  share: number,
  name: string,
  run: (peer: FuzzPeer, random: SeededRandom) => void,
])[] = [
  [14, 'comment', (peer, random) => edit(peer, random, 10, () => void $markThread(random.pick(THREADS), 'text'))],
  [5, 'comment block', (peer, random) => edit(peer, random, 0, () => void $markThread(random.pick(THREADS), 'block'))],
  [5, 'uncomment', (peer, random) => update(peer, () => $unmarkThread(random.pick(THREADS)))],
  [6, 'split comment', (peer, random) => update(peer, () => $atComment(random)?.insertParagraph())],
  [6, 'type in comment', (peer, random) => update(peer, () => $atComment(random)?.insertText('so '))],
  [5, 'delete commented', (peer, random) => update(peer, () => $deleteCommented(random))],
];

/** One operation on comments, or in two of three cases one of the usual mix; returns its name. */
export function runCommentOperation(peer: FuzzPeer, random: SeededRandom): string {
  return random.below(3) > 0 ? runOperation(peer, random) : runOwnCommentOperation(peer, random);
}

/** One operation on comments; returns its name. */
export function runOwnCommentOperation(peer: FuzzPeer, random: SeededRandom): string {
  let left = random.below(COMMENT_OPERATIONS.reduce((sum, [share]) => sum + share, 0));
  for (const [share, name, run] of COMMENT_OPERATIONS) {
    left -= share;
    if (left >= 0) continue;
    run(peer, random);
    return name;
  }
  throw new Error('runOwnCommentOperation: shares do not add up');
}

function update(peer: FuzzPeer, run: () => void): void {
  peer.editor.update(run, { discrete: true });
}

/** A caret inside the words of some comment, never inside a surrogate pair. */
function $atComment(random: SeededRandom): RangeSelection | null {
  const words = $placesOf(random.pick(THREADS)).filter($isTextNode);
  if (words.length === 0) return null;
  const node = random.pick(words);
  const at = random.below(node.getTextContentSize() + 1);
  const unit = node.getTextContent().charCodeAt(at);
  const offset = unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
  const selection = $createRangeSelection();
  selection.anchor.set(node.getKey(), offset, 'text');
  selection.focus.set(node.getKey(), offset, 'text');
  $setSelection(selection);
  return selection;
}

function $deleteCommented(random: SeededRandom): void {
  for (const node of $placesOf(random.pick(THREADS))) if (!$isElementNode(node)) node.remove();
}
