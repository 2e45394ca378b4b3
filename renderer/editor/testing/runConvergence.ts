import * as Y from 'yjs';
import type { SerializedBlock, SerializedBody } from '../../../shared/domain/document.ts';
import { readBodyBlocks } from '../../../shared/sync/bodyBlocks.ts';
import { readPassages } from '../authorship/readPassages.ts';
import { fillBody } from '../binding/fillBody.ts';
import { findMisattributed } from './authorAlphabets.ts';
import { runCommentOperation, runOwnCommentOperation } from './commentOperations.ts';
import { FuzzPeer } from './FuzzPeer.ts';
import { ASTRAL_OPERATIONS, DRAFTING_OPERATIONS, runOperation, STRUCTURE_OPERATIONS } from './fuzzOperations.ts';
import { IMAGE_OPERATIONS } from './imageOperations.ts';
import { LetterPlaces } from './LetterPlaces.ts';
import { SeededRandom } from './seededRandom.ts';
import { answersAsResolved, runSuggestionOperation } from './suggestionOperations.ts';
import { TABLE_OPERATIONS } from './tableOperations.ts';

export interface ConvergenceOptions {
  seed: number;
  peers: number;
  /** Operations of all peers together. */
  operations: number;
  /** False: words in everybody's letters and the mix of operations of that time. */
  authors?: boolean;
  /** Characters of two UTF-16 units above all, in everybody's letters. */
  astral?: boolean;
  /** Footnotes as well, in a second editor on each peer. */
  notes?: boolean;
  /** References and moves of sections as well. */
  structure?: boolean;
  /** Tables as well. */
  tables?: boolean;
  /** Images as well. */
  images?: boolean;
  /** Comments as well. */
  comments?: boolean;
  /** Suggestions and their answers as well. */
  suggestions?: boolean;
  /**
   * All of these together, as a complaint is drafted: the last peer is a reviewer, who suggests and comments only, and
   * now and then somebody starts again from the document as a snapshot holds it, under a new client id.
   */
  drafting?: boolean;
  /** Every letter of the run is another one, and none stands elsewhere than where it was typed. */
  unique?: boolean;
  /** Called after every operation and delivery, to find the step at which a seed goes wrong. */
  onStep?: (peers: readonly FuzzPeer[], peer: FuzzPeer, what: string, places: LetterPlaces) => void;
}

export interface ConvergenceOutcome {
  seed: number;
  /**
   * 'live': peers show different text. 'reload': a peer would show something else after a restart. 'authors': a
   * letter names another author than the device that typed it. 'undo': an undo took letters of others away. 'places': a
   * letter stands elsewhere than between those it was typed between. 'endless': peers answer one another for ever.
   */
  divergence: 'none' | 'live' | 'reload' | 'docs' | 'authors' | 'suggestions' | 'undo' | 'places' | 'endless';
  /** Errors the editors reported through onError. */
  errors: number;
  operations: Record<string, number>;
  /** The last error of an editor, for replaying a seed. */
  lastError: Error | null;
  /** What names a wrong author at the end. */
  misattributed: readonly string[];
  /** What stands elsewhere at the end. */
  misplaced: readonly string[];
  /** Letters whose places were looked at. */
  placed: number;
  /** Letters that stand more than once at the end, where each was typed once. */
  doubled: readonly string[];
  /** Letters that nobody took away and that stand nowhere at the end. */
  lost: readonly string[];
}

/** More than any run needs to come to rest. */
const MOST_DELIVERIES = 100_000;

/**
 * Law: after everything is delivered, each live editor equals a reload of its own document equals every other peer,
 * and every letter names the device that typed it, whatever the order of delivery between senders, with undo and with peers that are away for a while.
 */
export function runConvergence({
  seed,
  peers: peerCount,
  operations,
  astral = false,
  notes = false,
  structure = false,
  tables = false,
  images = false,
  comments = false,
  suggestions = false,
  drafting = false,
  unique = false,
  authors = !astral && !notes && !structure && !tables && !images && !comments && !suggestions && !drafting && !unique,
  onStep,
}: ConvergenceOptions): ConvergenceOutcome {
  const random = new SeededRandom(seed);
  const places = new LetterPlaces();
  const genesis = buildGenesis(unique ? places.fresh : (words) => words);
  const written = unique ? places.fresh : undefined;
  const peers = Array.from(
    { length: peerCount },
    (_, index) => new FuzzPeer((index + 1) * 65_536, genesis, authors, { withNotes: notes || drafting, written }),
  );
  const counts: Record<string, number> = {};

  const publish = (peer: FuzzPeer, sender: number): void => {
    peer.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'remote') return;
      peers.forEach((other, receiver) => {
        if (receiver !== sender) other.inbox.get(sender)?.push(update);
      });
    });
  };
  peers.forEach((peer, sender) => {
    peers.forEach((_, receiver) => {
      if (receiver !== sender) peer.inbox.set(receiver, []);
    });
    publish(peer, sender);
  });

  const deliver = (peer: FuzzPeer): void => {
    if (deliverOne(peer, random)) onStep?.(peers, peer, 'delivery', places);
  };
  let restartErrors = 0;
  let undone = 0;
  const restart = (peer: FuzzPeer): void => {
    const at = peers.indexOf(peer);
    restartErrors += errorsOf(peer);
    undone += peer.undone;
    const next = new FuzzPeer(peer.doc.clientID + 1, Y.encodeStateAsUpdate(peer.doc), authors, {
      withNotes: true,
      written,
    });
    for (const [sender, queue] of peer.inbox) next.inbox.set(sender, queue);
    next.online = peer.online;
    peer.dispose();
    peers[at] = next;
    publish(next, at);
  };
  const draft = (peer: FuzzPeer): string => {
    const kind = random.next();
    if (kind < 0.02) {
      restart(peer);
      return 'restart';
    }
    const reviews = peers.indexOf(peer) === peerCount - 1;
    if (reviews ? kind < 0.75 : kind < 0.3) return runSuggestionOperation(peer, random);
    if (reviews || kind < 0.42) return runOwnCommentOperation(peer, random);
    if (kind < 0.46) return runOperation(peer, random, IMAGE_OPERATIONS);
    return runOperation(peer, random, kind < 0.58 ? TABLE_OPERATIONS : DRAFTING_OPERATIONS);
  };

  for (let step = 0; step < operations; step++) {
    const peer = random.pick(peers);
    if (unique) places.begin(peer.doc);
    const name = drafting
      ? draft(peer)
      : suggestions && random.next() < 0.7
        ? runSuggestionOperation(peer, random)
        : comments
          ? runCommentOperation(peer, random)
          : runOperation(
              peer,
              random,
              tables
                ? TABLE_OPERATIONS
                : images
                  ? IMAGE_OPERATIONS
                  : structure
                    ? STRUCTURE_OPERATIONS
                    : astral
                      ? ASTRAL_OPERATIONS
                      : undefined,
            );
    if (unique) places.note(peer.doc, name);
    onStep?.(peers, peer, name, places);
    counts[name] = (counts[name] ?? 0) + 1;
    if (random.next() < 0.06) peer.online = !peer.online;
    const deliveries = random.below(4);
    for (let n = 0; n < deliveries; n++) deliver(random.pick(peers));
  }
  for (const peer of peers) peer.online = true;
  let left = MOST_DELIVERIES;
  const isWaiting = (): boolean => left > 0 && peers.some((peer) => waiting(peer).length > 0);
  do {
    for (; isWaiting(); left -= 1) deliver(random.pick(peers));
    // an editor whose last block is gone begins a new one a moment later
    for (const peer of peers) peer.settle();
  } while (isWaiting());

  const misattributed = authors ? peers.flatMap((peer) => findMisattributed(readPassages(peer.doc))) : [];
  undone += peers.reduce((sum, peer) => sum + peer.undone, 0);
  let different = left > 0 ? compare(peers) : 'endless';
  const misplaced = unique && peers[0] ? places.misplaced(peers[0].doc) : [];
  if (different === 'none' && undone > 0) different = 'undo';
  if (different === 'none' && misplaced.length > 0) different = 'places';
  if ((suggestions || drafting) && different === 'none') different = answerAll(peers);
  const outcome: ConvergenceOutcome = {
    seed,
    misattributed,
    misplaced,
    placed: places.noted,
    lost: unique && peers[0] ? places.lost(peers[0].doc) : [],
    doubled: unique && peers[0] ? places.doubled(peers[0].doc) : [],
    divergence: different === 'none' && misattributed.length > 0 ? 'authors' : different,
    errors: peers.reduce((sum, peer) => sum + errorsOf(peer), restartErrors),
    operations: counts,
    lastError:
      peers.flatMap((peer) => [peer.failures.last, peer.noteFailures.last]).find((error) => error !== null) ?? null,
  };
  for (const peer of peers) peer.dispose();
  return outcome;
}

function errorsOf(peer: FuzzPeer): number {
  return peer.failures.count + peer.noteFailures.count;
}

/** [DO11] The law of the answers, one peer for each; each then is what its own document says. */
function answerAll(peers: readonly FuzzPeer[]): ConvergenceOutcome['divergence'] {
  for (const [at, view] of (['accepted', 'rejected'] as const).entries()) {
    const peer = peers[at];
    if (!peer) continue;
    if (!answersAsResolved(peer, view)) return 'suggestions';
    if (peer.reloaded() !== peer.live()) return 'reload';
  }
  return 'none';
}

function compare(peers: readonly FuzzPeer[]): ConvergenceOutcome['divergence'] {
  const [first] = peers;
  if (!first) return 'none';
  const text = first.live();
  const state = Y.encodeStateVector(first.doc).length;
  const words = readWords(first.doc);
  for (const peer of peers) {
    if (Y.encodeStateVector(peer.doc).length !== state || readWords(peer.doc) !== words) return 'docs';
    if (peer.reloaded() !== peer.live()) return 'reload';
    if (peer.live() !== text) return 'live';
  }
  return 'none';
}

/** Every word as the document holds it in memory, where a cut pair can differ from what it is on the way to others. */
function readWords(doc: Y.Doc): string {
  return readBodyBlocks(doc)
    .map(({ text }) => text)
    .join('\n');
}

function waiting(peer: FuzzPeer): number[] {
  return [...peer.inbox].filter(([, queue]) => queue.length > 0).map(([sender]) => sender);
}

function deliverOne(peer: FuzzPeer, random: SeededRandom): boolean {
  const senders = peer.online ? waiting(peer) : [];
  if (senders.length === 0) return false;
  const update = peer.inbox.get(random.pick(senders))?.shift();
  if (!update) return false;
  Y.applyUpdate(peer.doc, update, 'remote');
  return true;
}

/** A small letter that every peer starts from, made once with the client id reserved for beginnings. */
function buildGenesis(written: (words: string) => string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const text = (words: string) =>
    ({ type: 'text', version: 1, text: written(words), format: 0, style: '', mode: 'normal', detail: 0 }) as const;
  const block = (blockStyle: SerializedBlock['blockStyle'], words: string): SerializedBlock => ({
    type: 'block',
    version: 1,
    blockStyle,
    children: [text(words)],
    direction: null,
    format: '',
    indent: 0,
  });
  const body: SerializedBody = {
    root: {
      type: 'root',
      version: 1,
      direction: null,
      format: '',
      indent: 0,
      children: [
        block('h1', 'Background'),
        block('numbered', 'The center was created in May 2017 in San Salvador.'),
        block('numbered', 'Ten police officers and five migration officials work there.'),
        block('quote', 'not previously known'),
      ],
    },
  };
  fillBody(doc, body);
  return Y.encodeStateAsUpdate(doc);
}
