import * as Y from 'yjs';
import { AUTHORS_ROOT } from '../../../shared/domain/collections.ts';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import { findRewritten, type Rewritten } from './findRewritten.ts';
import { readInserted, readRemoved } from './transactionText.ts';

/** Characters of one Yjs client, from `clock` on, with the place where they were typed first. */
export interface AuthoredRange {
  clock: number;
  length: number;
  /** The client and clock under which they were typed. */
  origin: { client: number; clock: number };
  /** A device number; 0 is nobody: the template and the sample. */
  author: number;
}
interface CopiedRange {
  clock: number;
  length: number;
  source: { client: number; clock: number };
  /** Whether the device that wrote the copy says so itself. */
  isTold: boolean;
  /** One more than that of any copy of the letters that the device knew of when it wrote this one. */
  generation: number;
}

interface SourcedCopy {
  client: number;
  copy: CopiedRange;
  /** It was disowned, not written again. */
  isOriginal: boolean;
}

/** A character that was written again. */
export interface StandingCopy {
  client: number;
  clock: number;
  isTold: boolean;
  isOriginal: boolean;
  generation: number;
}

/** Origin of the records that undo needs; never undone itself. */
const AUTHORS_ORIGIN = 'authors';
/** A client of no device: what it would have typed is nobody's. */
const NOBODYS_CLIENT = 0;
/** Copies of copies are written down as copies of the first; only what crosses on the wire makes longer chains. */
const LONGEST_CHAIN = 32;
/** What can be read is never exceeded, whatever a partner claims. */
const LAST_GENERATION = 999_999_999;

/**
 * Who typed each character. It is the device whose Yjs client wrote the character, unless that device only wrote
 * again what somebody had typed: splitting or joining paragraphs and undo do that. Then the root `authors` says of
 * what it is a copy, one key `<client>/<clock>` with `<length>/<client>/<clock>/<generation>` for each range. Such a range is fixed
 * for ever, so that no concurrent edit can change an author (decision 011).
 */
export class Authors {
  readonly #doc: Y.Doc;
  readonly #map: Y.Map<unknown>;
  #copies: Map<number, CopiedRange[]> | null = null;
  #bySource: Map<number, SourcedCopy[]> | null = null;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#map = doc.getMap(AUTHORS_ROOT);
    this.#map.observe(this.#forget);
  }

  dispose(): void {
    this.#map.unobserve(this.#forget);
  }

  /** The authors of a range of characters, in order and without gaps. */
  of(client: number, clock: number, length: number): AuthoredRange[] {
    const found: AuthoredRange[] = [];
    this.#trace(client, clock, length, clock, LONGEST_CHAIN, found);
    return found;
  }

  /**
   * To be called at the end of a transaction in which this window wrote its editor's text: what was removed in one
   * place and stands in another keeps its authors. Gives what was written again.
   */
  keep(transaction: Y.Transaction): readonly Rewritten[] {
    if (transaction.deleteSet.clients.size === 0) return [];
    const inserted = readInserted(transaction);
    if (inserted.length === 0) return [];
    const rewritten = findRewritten(inserted, readRemoved(transaction));
    for (const { target, source } of rewritten) this.#note(target, source);
    return rewritten;
  }

  /** To be called after an undo or a redo: what came back is a copy under this window's client. Gives it. */
  keepRestored(deletions: Parameters<typeof Y.iterateDeletedStructs>[1]): Rewritten[] {
    const restored: Rewritten[] = [];
    this.#doc.transact((transaction) => {
      Y.iterateDeletedStructs(transaction, deletions, (item) => {
        if (!(item instanceof Y.Item) || item.redone === null || !(item.content instanceof Y.ContentString)) return;
        const { client, clock } = item.redone;
        const source = { client: item.id.client, clock: item.id.clock, length: item.length };
        this.#note({ client, clock }, source);
        restored.push({ target: { client, clock }, source });
      });
    }, AUTHORS_ORIGIN);
    return restored;
  }

  /** Characters that stand at `target` because this window wrote them there again; the first ones may go or be gone. */
  noteCopy(target: { client: number; clock: number }, source: { client: number; clock: number; length: number }): void {
    this.#note(target, source);
    this.#forget(); // observers are told only when the transaction has ended
  }

  /**
   * Where a character was written again, the newest copies first; copies of what it is itself a copy of are among them.
   * What was disowned is among them, though it is the original.
   */
  copiesOf(client: number, clock: number): StandingCopy[] {
    const first = this.of(client, clock, 1)[0]?.origin ?? { client, clock };
    this.#bySource ??= this.#sortBySource();
    const found: StandingCopy[] = [];
    for (const { client: copier, copy, isOriginal } of this.#bySource.get(first.client) ?? []) {
      const { source } = copy;
      if (source.clock <= first.clock && first.clock < source.clock + copy.length)
        found.push({
          client: copier,
          clock: copy.clock + first.clock - source.clock,
          isTold: copy.isTold,
          generation: copy.generation,
          isOriginal,
        });
    }
    return found.sort((a, b) => b.clock - a.clock || b.client - a.client);
  }

  /** Where the letters were typed first of which this transaction tells copies, where there are others of the same. */
  rewrittenTwice(transaction: Y.Transaction): { client: number; clock: number; length: number }[] {
    const keys = transaction.changed.get(this.#map as never);
    if (!keys) return [];
    const found: { client: number; clock: number; length: number }[] = [];
    for (const key of keys) {
      const copy = key === null ? null : readCopy(this.#map, key);
      if (!copy) continue;
      for (const { origin, length } of this.of(copy.client, copy.clock, copy.length)) {
        this.#bySource ??= this.#sortBySource();
        const others = (this.#bySource.get(origin.client) ?? []).filter(
          ({ copy, isOriginal }) =>
            !isOriginal && copy.source.clock < origin.clock + length && origin.clock < copy.source.clock + copy.length,
        );
        if (others.length > 1) found.push({ ...origin, length });
      }
    }
    return found;
  }

  /** Whether the character was written again rather than typed. */
  isCopy(client: number, clock: number): boolean {
    const origin = this.of(client, clock, 1)[0]?.origin;
    return origin !== undefined && (origin.client !== client || origin.clock !== clock);
  }

  /** Everything that one client has written so far is nobody's. */
  disown(client: number): void {
    this.#map.set(`${client}/0`, `${Y.getState(this.#doc.store, client)}/${NOBODYS_CLIENT}/0`);
  }

  #note(target: { client: number; clock: number }, source: { client: number; clock: number; length: number }): void {
    this.#bySource ??= this.#sortBySource();
    for (const { clock, length, origin } of this.of(source.client, source.clock, source.length)) {
      const at = target.clock + (clock - source.clock);
      const generation = Math.min(LAST_GENERATION, 1 + this.#lastGeneration(origin, length));
      this.#map.set(`${target.client}/${at}`, `${length}/${origin.client}/${origin.clock}/${generation}`);
    }
  }

  /** 0 for what was never written again. */
  #lastGeneration({ client, clock }: { client: number; clock: number }, length: number): number {
    let last = 0;
    for (const { copy, isOriginal } of this.#bySource?.get(client) ?? [])
      if (!isOriginal && copy.source.clock < clock + length && clock < copy.source.clock + copy.length)
        last = Math.max(last, copy.generation);
    return last;
  }

  /** Adds the ranges of `client` from `clock` on; `shown` is the clock that the first of them answers for. */
  #trace(client: number, clock: number, length: number, shown: number, chain: number, found: AuthoredRange[]): void {
    const end = clock + length;
    const typed = (from: number, to: number): void => {
      if (to <= from) return;
      const place = { clock: shown + from - clock, length: to - from };
      found.push({ ...place, origin: { client, clock: from }, author: deviceOfClient(client) });
    };
    const known = (chain > 0 && (this.#copies ??= readCopies(this.#map)).get(client)) || [];
    let at = clock;
    for (let index = firstEndingAfter(known, clock); index < known.length && at < end; index += 1) {
      const copy = known[index] as CopiedRange;
      if (copy.clock >= end) break;
      typed(at, copy.clock);
      const from = Math.max(at, copy.clock);
      const to = Math.min(end, copy.clock + copy.length);
      if (to <= from) continue;
      const { source } = copy;
      this.#trace(source.client, source.clock + from - copy.clock, to - from, shown + from - clock, chain - 1, found);
      at = to;
    }
    typed(at, end);
  }

  /** By where the letters were typed first, also where the record of a copy between has come later than that of the copy. */
  #sortBySource(): Map<number, SourcedCopy[]> {
    const sorted = new Map<number, SourcedCopy[]>();
    this.#copies ??= readCopies(this.#map);
    for (const [client, ranges] of this.#copies)
      for (const copy of ranges)
        for (const { clock, length, origin } of this.of(client, copy.clock, copy.length)) {
          const list = sorted.get(origin.client);
          const one = { client, copy: { ...copy, clock, length, source: origin }, isOriginal: isDisowned(copy) };
          if (list) list.push(one);
          else sorted.set(origin.client, [one]);
        }
    return sorted;
  }

  readonly #forget = (): void => {
    this.#copies = null;
    this.#bySource = null;
  };
}

function isDisowned({ clock, source }: CopiedRange): boolean {
  return source.client === NOBODYS_CLIENT && source.clock === clock && clock === 0;
}

/** Copies by client, in order of clock; what does not read as one is passed over. */
function readCopies(map: Y.Map<unknown>): Map<number, CopiedRange[]> {
  const byClient = new Map<number, CopiedRange[]>();
  for (const key of map.keys()) {
    const copy = readCopy(map, key);
    if (!copy) continue;
    const list = byClient.get(copy.client);
    if (list) list.push(copy);
    else byClient.set(copy.client, [copy]);
  }
  for (const list of byClient.values()) list.sort((a, b) => a.clock - b.clock);
  return byClient;
}

function readCopy(map: Y.Map<unknown>, key: string): (CopiedRange & { client: number }) | null {
  const value = map.get(key);
  const place = /^(\d{1,10})\/(\d{1,15})$/.exec(key);
  const told = typeof value === 'string' ? /^(\d{1,15})\/(\d{1,10})\/(\d{1,15})(?:\/(\d{1,9}))?$/.exec(value) : null;
  if (!place || !told) return null;
  const client = Number(place[1]);
  const writer = map._map.get(key)?.id.client;
  return {
    client,
    clock: Number(place[2]),
    length: Number(told[1]),
    source: { client: Number(told[2]), clock: Number(told[3]) },
    generation: Number(told[4] ?? 1),
    isTold: writer !== undefined && deviceOfClient(writer) === deviceOfClient(client),
  };
}

function firstEndingAfter(ranges: readonly CopiedRange[], clock: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle] as CopiedRange;
    if (range.clock + range.length <= clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
