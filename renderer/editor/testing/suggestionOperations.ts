import { $createTextNode, $getSelection, $isRangeSelection } from 'lexical';
import { readCollection } from '../../../shared/domain/collections.ts';
import { BLOCK_STYLES } from '../../../shared/domain/document.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import {
  compareAges,
  findSuggestions,
  resolveSuggestions,
  type SuggestionView,
} from '../../../shared/domain/resolveSuggestions.ts';
import { sortKeys, takeBody } from '../binding/takeBody.ts';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { $answerSuggestions } from '../suggestions/answerSuggestions.ts';
import { $suggestDeletion } from '../suggestions/measureDeletion.ts';
import {
  $suggestFormat,
  $suggestInlines,
  $suggestNodes,
  $suggestParagraph,
  $suggestRemoval,
  $suggestStyles,
  $suggestText,
} from '../suggestions/suggestEdits.ts';
import type { FuzzPeer } from './FuzzPeer.ts';
import { edit } from './fuzzOperations.ts';
import type { SeededRandom } from './seededRandom.ts';

type Operation = (peer: FuzzPeer, random: SeededRandom) => void;
const WORDS = ['data ', 'police', ' list', 'ñandú', '\u{1F4C4}', 'x'];

/** Suggested edits and their answers, with the share of each. */
const OPERATIONS: readonly (readonly [share: number, name: string, run: Operation])[] = [
  [
    20,
    'suggest words',
    (peer, random) => edit(peer, random, 0, () => void $suggestText(peer.book, peer.written(random.pick(WORDS)))),
  ],
  [
    8,
    'suggest other words',
    (peer, random) => edit(peer, random, 6, () => void $suggestText(peer.book, peer.written(random.pick(WORDS)))),
  ],
  [8, 'suggest removal', (peer, random) => edit(peer, random, 6, () => void $suggestRemoval(peer.book))],
  [8, 'suggest by key', (peer, random) => edit(peer, random, 0, () => $pressKey(peer, random))],
  [7, 'suggest split', (peer, random) => edit(peer, random, 0, () => void $suggestParagraph(peer.book))],
  [5, 'suggest join', (peer, random) => edit(peer, random, 0, () => $joinBefore(peer))],
  [
    8,
    'suggest format',
    (peer, random) =>
      edit(
        peer,
        random,
        8,
        () => void $suggestFormat(peer.book, random.pick(['bold', 'italic', 'small-caps'] as const)),
      ),
  ],
  [
    6,
    'suggest style',
    (peer, random) => edit(peer, random, 0, () => $suggestStyles(peer.book, random.pick(BLOCK_STYLES))),
  ],
  [
    4,
    'suggest citation',
    (peer, random) =>
      edit(
        peer,
        random,
        0,
        () => void $suggestInlines(peer.book, [$createCitationNode('dddddddddddddddd' as ExhibitId, 1)], 'citation'),
      ),
  ],
  [
    4,
    'suggest paragraphs',
    (peer, random) =>
      edit(peer, random, 0, () => {
        const paragraph = () =>
          $createBlockNode(random.pick(BLOCK_STYLES)).append($createTextNode(peer.written(random.pick(WORDS))));
        $suggestNodes(peer.book, [paragraph(), paragraph()]);
      }),
  ],
  [5, 'accept', (peer, random) => answerSome(peer, random, 'accepted')],
  [5, 'reject', (peer, random) => answerSome(peer, random, 'rejected')],
];

/** Runs one of them, but for those left out, and returns its name. */
export function runSuggestionOperation(peer: FuzzPeer, random: SeededRandom, without: readonly string[] = []): string {
  const operations = OPERATIONS.filter(([, name]) => !without.includes(name));
  let left = random.below(operations.reduce((sum, [share]) => sum + share, 0));
  for (const [share, name, run] of operations) {
    left -= share;
    if (left >= 0) continue;
    run(peer, random);
    return name;
  }
  throw new Error('runSuggestionOperation: shares do not add up');
}

/** [DO11] Answers all in the live editor; whether that is what resolveSuggestions makes of its JSON. */
export function answersAsResolved(peer: FuzzPeer, view: SuggestionView): boolean {
  const records = readCollection('suggestions', peer.doc.getMap('suggestions'));
  const before = takeBody(peer.editor);
  const expected = resolveSuggestions(before, records, view);
  peer.editor.update(() => $answerSuggestions(view, compareAges(records), () => true), { discrete: true });
  const after = takeBody(peer.editor);
  const runs = (body: typeof after): string =>
    JSON.stringify(sortKeys(resolveSuggestions(body, [], 'accepted', () => false)));
  return runs(after) === runs(expected) && findSuggestions(after).length === 0;
}

function answerSome(peer: FuzzPeer, random: SeededRandom, view: SuggestionView): void {
  const ids = findSuggestions(takeBody(peer.editor));
  if (ids.length === 0) return;
  const chosen = new Set([random.pick(ids), random.pick(ids)]);
  const records = readCollection('suggestions', peer.doc.getMap('suggestions'));
  peer.editor.update(
    () => {
      $answerSuggestions(view, compareAges(records), (id) => chosen.has(id));
      peer.book.answer(chosen);
    },
    { discrete: true },
  );
}

function $pressKey(peer: FuzzPeer, random: SeededRandom): void {
  const backward = random.next() < 0.5;
  const unit = random.pick(['character', 'word'] as const);
  for (let press = 0; press < 2; press++) $suggestDeletion(peer.book, backward, unit);
}

function $joinBefore(peer: FuzzPeer): void {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return;
  const block = selection.anchor.getNode().getTopLevelElement();
  if (!block) return;
  block.selectStart();
  $suggestDeletion(peer.book, true, 'character');
}
