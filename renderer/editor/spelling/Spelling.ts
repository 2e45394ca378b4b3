import type { LexicalEditor } from 'lexical';
import type { PassageLanguage } from '../../../shared/domain/passageLanguage.ts';
import type { DictionaryWord } from '../../../shared/domain/records.ts';
import { type HighlightName, paintHighlight } from '../decorations/paintHighlight.ts';
import type { Misspelling, SpellingApi } from '../SpellingApi.ts';
import type { BlockText, BlockTexts } from '../search/BlockTexts.ts';
import type { EditorSearchRoot } from '../search/EditorSearchRoot.ts';
import { rangeOfPlace } from '../search/rangeOfPlace.ts';
import { readWords, spellingKey, verdictKey } from './readWords.ts';
import type { SpellService } from './SpellService.ts';
import { visibleBlocks } from './visibleBlocks.ts';

const DELAY_MS = 250;
/** Blocks asked about in one question while looking for the next mistake. */
const BATCH = 40;

export interface SpellingOptions {
  editor: LexicalEditor;
  blocks: BlockTexts;
  root: EditorSearchRoot;
  service: SpellService;
  /** Under which its marks are painted. */
  highlight: Extract<HighlightName, 'spelling' | 'spelling-notes'>;
  /** Words of the complaint's own dictionary. */
  getDictionary(): readonly DictionaryWord[];
  /** Names that stand in the complaint: pseudonyms, organizations. */
  getNames(): readonly string[];
}

interface CheckedWord {
  word: string;
  start: number;
  end: number;
  language: PassageLanguage;
}

/** Marks wrong words of what is on the screen, a quarter of a second after typing or scrolling has stopped. */
export class Spelling implements Omit<SpellingApi, 'next'> {
  private readonly options: SpellingOptions;
  private readonly verdicts = new Map<string, boolean>();
  private readonly words = new WeakMap<BlockText, readonly CheckedWord[]>();
  private readonly ignored = new Set<string>();
  private readonly stops: (() => void)[] = [];
  private known: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  private shown: readonly Misspelling[] = [];
  private on = false;
  private typing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private disposed = false;

  constructor(options: SpellingOptions) {
    this.options = options;
    const { editor } = options;
    this.stops.push(
      editor.registerUpdateListener(({ dirtyLeaves, dirtyElements }) => {
        this.typing = dirtyLeaves.size > 0 || dirtyElements.size > 0;
        this.schedule();
      }),
    );
    const onScroll = (): void => this.schedule();
    const scroller = editor.getRootElement()?.closest('.page-scroll');
    scroller?.addEventListener('scroll', onScroll, { passive: true });
    this.stops.push(() => scroller?.removeEventListener('scroll', onScroll));
    this.readKnown();
  }

  setOn(on: boolean): void {
    this.on = on;
    if (on) this.schedule();
    else this.paint([]);
  }

  /** To be called when the dictionary, the people or the organizations change. */
  readKnown(): void {
    const known = new Map<string, Set<string>>([
      ['', new Set(this.options.getNames().flatMap((name) => readWords(name).map(({ word }) => spellingKey(word))))],
      ['en', new Set()],
      ['es', new Set()],
    ]);
    for (const { word, language } of this.options.getDictionary()) known.get(language)?.add(spellingKey(word));
    this.known = known;
    this.schedule();
  }

  find(point: { x: number; y: number } | null): Misspelling | null {
    if (point) {
      const { x, y } = point;
      for (const each of this.shown) {
        const range = this.rangeOf(each);
        const hit = [...(range?.getClientRects() ?? [])].some(
          (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
        );
        if (hit) return this.place(each);
      }
      return null;
    }
    const caret = this.options.root.getCaret();
    const block = caret && this.options.blocks.get().find(({ key }) => key === caret.key);
    if (!caret || !block) return null;
    const word = this.wrongWords(block).find(({ start, end }) => start <= caret.offset && caret.offset <= end);
    return word ? this.place({ ...word, key: block.key }) : null;
  }

  /** The next wrong word behind the caret, or the first one of all; null when there is none there. */
  async next(from: 'caret' | 'start'): Promise<Misspelling | null> {
    const blocks = this.options.blocks.get();
    const caret = from === 'caret' ? this.options.root.getCaret() : null;
    const first = Math.max(
      0,
      blocks.findIndex(({ key }) => key === caret?.key),
    );
    for (let at = first; at < blocks.length; at += BATCH) {
      const batch = blocks.slice(at, at + BATCH);
      await this.judge(batch);
      for (const block of batch) {
        const after = block.key === caret?.key ? caret.offset : -1;
        const word = this.wrongWords(block).find(({ start }) => start > after);
        if (!word) continue;
        this.options.root.reveal({ key: block.key, start: word.start, end: word.end }, true);
        return this.place({ ...word, key: block.key });
      }
    }
    return null;
  }

  propose({ language, word }: Misspelling): Promise<readonly string[]> {
    return this.options.service.propose(language, word);
  }

  replace({ key, start, end, word }: Misspelling, words: string): boolean {
    return this.options.root.replace([{ key, start, end, found: word, words }]) === 1;
  }

  ignore(word: string): void {
    this.ignored.add(spellingKey(word));
    this.schedule();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    for (const stop of this.stops) stop();
    paintHighlight(this.options.highlight, []);
  }

  private schedule(): void {
    if (!this.on || this.disposed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => requestIdleCallback(() => void this.run(), { timeout: 1_000 }), DELAY_MS);
  }

  private async run(): Promise<void> {
    if (!this.on || this.disposed) return;
    const shown = visibleBlocks(this.options.editor, this.options.blocks.get());
    await this.judge(shown);
    // The words may have changed while the dictionary was asked; then another run is on its way.
    if (!this.on || this.disposed) return;
    const caret = this.typing ? this.options.root.getCaret() : null;
    this.paint(
      shown.flatMap((block) =>
        this.wrongWords(block)
          .filter(({ end }) => block.key !== caret?.key || end !== caret.offset)
          .map((word) => ({ ...word, key: block.key, at: { left: 0, top: 0, bottom: 0 } })),
      ),
    );
  }

  private paint(shown: readonly Misspelling[]): void {
    this.shown = shown;
    // Live ranges: they move with the words that are typed before them.
    paintHighlight(
      this.options.highlight,
      shown.flatMap((each) => this.rangeOf(each) ?? []),
    );
  }

  private rangeOf({ key, start, end, word }: { key: string; start: number; end: number; word: string }): Range | null {
    const block = this.options.blocks.get().find((each) => each.key === key);
    if (!block || block.text.slice(start, end).normalize('NFC') !== word) return null;
    const place = rangeOfPlace(this.options.editor, block, start, end);
    if (!place) return null;
    const range = document.createRange();
    range.setStart(place.startContainer, place.startOffset);
    range.setEnd(place.endContainer, place.endOffset);
    return range;
  }

  private place(each: Omit<Misspelling, 'at'>): Misspelling | null {
    const box = this.rangeOf(each)?.getBoundingClientRect();
    return box ? { ...each, at: { left: box.left, top: box.top, bottom: box.bottom } } : null;
  }

  private wordsOf(block: BlockText): readonly CheckedWord[] {
    let words = this.words.get(block);
    if (!words) {
      words = readWords(block.text).flatMap((word) => {
        const segment = block.segments.find(({ start, end }) => start <= word.start && word.start < end);
        return segment ? [{ ...word, language: segment.language }] : [];
      });
      this.words.set(block, words);
    }
    return words;
  }

  private wrongWords(block: BlockText): readonly CheckedWord[] {
    return this.wordsOf(block).filter(
      ({ word, language }) => this.verdicts.get(verdictKey(language, word)) === false && !this.isKnown(word, language),
    );
  }

  private isKnown(word: string, language: PassageLanguage): boolean {
    const keys = [spellingKey(word), spellingKey(word).replace(/'s?$/, '')];
    return keys.some(
      (key) => this.ignored.has(key) || this.known.get('')?.has(key) || this.known.get(language)?.has(key),
    );
  }

  /** Asks the dictionaries about the words that were not asked about yet. */
  private async judge(blocks: readonly BlockText[]): Promise<void> {
    const fresh = { en: new Set<string>(), es: new Set<string>() };
    for (const block of blocks)
      for (const { word, language } of this.wordsOf(block))
        if (!this.verdicts.has(verdictKey(language, word))) fresh[language].add(word);
    for (const language of ['en', 'es'] as const) {
      const words = [...fresh[language]];
      if (words.length === 0) continue;
      const verdicts = await this.options.service.check(language, words);
      if (verdicts === null) continue;
      words.forEach((word, position) => this.verdicts.set(verdictKey(language, word), verdicts[position] ?? true));
    }
  }
}
