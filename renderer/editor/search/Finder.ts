import {
  buildMatcher,
  expandReplacement,
  type Matcher,
  type SearchQuery,
  type TextMatch,
} from '../../../shared/domain/search/buildMatcher.ts';
import type { FindApi, FindPatterns, FindState, FoundPlace, SearchRoot } from '../FindApi.ts';

/** More are not counted: nobody steps through them, and each is painted. */
const COUNT_LIMIT = 10_000;
const SLICE_MS = 8;
const CHANGE_DELAY_MS = 120;
const CONTEXT_LENGTH = 60;

const IDLE: FindState = { status: 'idle', count: 0, more: false, current: -1, context: '', editable: false };

interface Found extends FoundPlace {
  root: SearchRoot;
  text: string;
  match: TextMatch;
}

export interface FinderOptions {
  findPatterns: FindPatterns;
  paint(all: readonly AbstractRange[], current: readonly AbstractRange[]): void;
  nowMs(): number;
  /** Lets the window do other things. */
  pause(): Promise<void>;
}

/** Looks through all roots in slices that no key waits for, and again when the words change. */
export class Finder implements FindApi {
  private readonly options: FinderOptions;
  private readonly roots = new Map<SearchRoot, () => void>();
  private readonly listeners = new Set<() => void>();
  private state = IDLE;
  private query: SearchQuery | null = null;
  private matcher: Matcher | null = null;
  private known = new Map<string, readonly TextMatch[]>();
  private found: readonly Found[] = [];
  /** Where the search began, or what was stepped to last. */
  private from: { root: SearchRoot; key: string; offset: number } | null = null;
  private round = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FinderOptions) {
    this.options = options;
  }

  readonly get = (): FindState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly register = (root: SearchRoot): (() => void) => {
    const stop = root.subscribe(() => {
      if (this.query === null) return;
      this.timer ??= setTimeout(() => this.start(false), CHANGE_DELAY_MS);
    });
    this.roots.set(root, stop);
    if (this.query) this.start(false);
    return () => {
      stop();
      this.roots.delete(root);
      if (this.from?.root === root) this.from = null;
      if (this.query) this.start(false);
    };
  };

  find(query: SearchQuery): void {
    if (this.query === null) this.from = this.readCaret();
    const before = this.query;
    this.query = query;
    if (before === null || JSON.stringify(before) !== JSON.stringify(query)) this.known = new Map();
    const built = buildMatcher(query);
    if (!built.ok) {
      this.round++;
      this.matcher = null;
      this.setFound([], false, built.error.code === 'empty' ? 'idle' : built.error.code, false);
      return;
    }
    this.matcher = built.value;
    this.start(true);
  }

  step(direction: 1 | -1): void {
    const { length } = this.found;
    if (length === 0) return;
    const current = (this.state.current + direction + length) % length;
    this.moveTo(current);
  }

  replaceCurrent(replacement: string): boolean {
    const target = this.found[this.state.current];
    if (!target || !this.query) return false;
    const found = target.text.slice(target.start, target.end);
    const words = expandReplacement(replacement, this.query, found, target.match);
    const { root, key, start, end } = target;
    if (root.replace([{ key, start, end, found, words }]) === 0) return false;
    this.from = { root, key, offset: start + words.length };
    this.start(true);
    return true;
  }

  replaceAll(replacement: string): number {
    const { query } = this;
    if (!query) return 0;
    let made = 0;
    for (const root of this.roots.keys()) {
      const changes = this.found
        .filter((each) => each.root === root)
        .map(({ key, start, end, text, match }) => {
          const found = text.slice(start, end);
          return { key, start, end, found, words: expandReplacement(replacement, query, found, match) };
        });
      if (changes.length > 0) made += root.replace(changes);
    }
    this.start(false);
    return made;
  }

  close(select: boolean): void {
    const target = this.found[this.state.current];
    this.round++;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.query = null;
    this.matcher = null;
    this.known = new Map();
    this.setFound([], false, 'idle', false);
    if (select && target) target.root.reveal(target, true);
  }

  getSelectedWords(): string {
    for (const root of this.roots.keys()) {
      const words = root.getSelectedWords();
      if (words) return words;
    }
    return '';
  }

  dispose(): void {
    this.close(false);
    for (const stop of this.roots.values()) stop();
    this.roots.clear();
    this.listeners.clear();
  }

  private start(scroll: boolean): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.matcher) void this.run(++this.round, scroll);
  }

  private async run(round: number, scroll: boolean): Promise<void> {
    const { query, matcher } = this;
    if (!query || !matcher) return;
    const texts = [...this.roots.keys()].flatMap((root) => root.getTexts().map((each) => ({ root, ...each })));
    if (query.pattern) {
      const fresh = [...new Set(texts.map(({ text }) => text))].filter((text) => !this.known.has(text));
      if (fresh.length > 0) {
        const results = await this.options.findPatterns(query, fresh);
        if (round !== this.round) return;
        if (results === null) {
          this.setFound([], false, 'too-slow', false);
          return;
        }
        fresh.forEach((text, position) => this.known.set(text, results[position] ?? []));
      }
    }
    const found: Found[] = [];
    const known = new Map<string, readonly TextMatch[]>();
    let until = this.options.nowMs() + SLICE_MS;
    for (const { root, key, text } of texts) {
      const matches = this.known.get(text) ?? (query.pattern ? [] : matcher(text));
      known.set(text, matches);
      for (const match of matches) found.push({ root, key, text, start: match.start, end: match.end, match });
      if (found.length > COUNT_LIMIT) break;
      if (this.options.nowMs() < until) continue;
      await this.options.pause();
      if (round !== this.round) return;
      until = this.options.nowMs() + SLICE_MS;
    }
    this.known = known;
    this.setFound(found.slice(0, COUNT_LIMIT), found.length > COUNT_LIMIT, 'done', scroll, texts);
  }

  private setFound(
    found: readonly Found[],
    more: boolean,
    status: FindState['status'],
    scroll: boolean,
    texts: readonly { root: SearchRoot; key: string }[] = [],
  ): void {
    this.found = found;
    this.show(this.firstFrom(texts), { status, more });
    const target = found[this.state.current];
    if (scroll && target) target.root.reveal(target, false);
  }

  /** The first match at or behind where the search stands; the very first when there is none behind it. */
  private firstFrom(texts: readonly { root: SearchRoot; key: string }[]): number {
    if (this.found.length === 0) return -1;
    const { from } = this;
    if (!from) return 0;
    const order = new Map<SearchRoot, Map<string, number>>();
    texts.forEach(({ root, key }, position) => {
      let keys = order.get(root);
      if (!keys) order.set(root, (keys = new Map()));
      keys.set(key, position);
    });
    const placeOf = (root: SearchRoot, key: string): number => order.get(root)?.get(key) ?? -1;
    const start = placeOf(from.root, from.key);
    const index = this.found.findIndex((each) => {
      const place = placeOf(each.root, each.key);
      return place > start || (place === start && each.start >= from.offset);
    });
    return Math.max(index, 0);
  }

  private moveTo(current: number): void {
    const target = this.found[current];
    if (!target) return;
    this.from = { root: target.root, key: target.key, offset: target.start };
    this.show(current, { status: this.state.status, more: this.state.more });
    target.root.reveal(target, false);
  }

  private show(current: number, { status, more }: { status: FindState['status']; more: boolean }): void {
    const target = this.found[current];
    this.state = {
      status,
      more,
      count: this.found.length,
      current,
      context: target ? contextOf(target) : '',
      editable: target?.root.isEditable() ?? false,
    };
    const byRoot = new Map<SearchRoot, Found[]>();
    for (const each of this.found) {
      const list = byRoot.get(each.root);
      if (list) list.push(each);
      else byRoot.set(each.root, [each]);
    }
    this.options.paint(
      [...byRoot].flatMap(([root, places]) => root.getRanges(places)),
      target ? target.root.getRanges([target]) : [],
    );
    for (const listener of this.listeners) listener();
  }

  private readCaret(): Finder['from'] {
    for (const root of this.roots.keys()) {
      const caret = root.getCaret();
      if (caret) return { root, ...caret };
    }
    return null;
  }
}

function contextOf({ text, start, end }: Found): string {
  const from = Math.max(0, start - CONTEXT_LENGTH / 2);
  return text.slice(from, Math.min(text.length, end + CONTEXT_LENGTH / 2)).trim();
}
