import { type BlockStyle, FORMAT } from '../../../shared/domain/document.ts';
import { cleanCharacters } from './cleanCharacters.ts';
import { type PastedBlock, type PastedItem, type PasteLimits, PasteTooLarge } from './Pasted.ts';
import { countBlocks, isPastedTable, TableBuilder } from './PastedTable.ts';
import type { Look } from './readLook.ts';
import { continuesLine, joinLine } from './wrappedLines.ts';

/** A table may come as lines: blocks in its cells are fewer lines. */
const MOST_CELLS_A_LINE = 100;
const HEADING = /^h[1-4]$/;

/** Collects words into blocks: collapses spaces as a page shows them, drops blank blocks, keeps within the limits. */
export class BlockWriter {
  readonly blocks: PastedItem[] = [];
  largeTables = 0;
  private readonly limits: PasteLimits;
  private current: PastedBlock = { style: 'plain', direction: null, inlines: [] };
  private hasWords = false;
  private characters = 0;
  private line = '';
  /** The line that a PDF ended here: the next words may go on with it. */
  private wrapped: string | null = null;
  private table: TableBuilder | null = null;
  private cell: { columns: number; rows: number; blocks: PastedBlock[] } | null = null;
  private cellBlocks = 0;
  /** Blocks taken, those in tables too. */
  private count = 0;

  constructor(limits: PasteLimits) {
    this.limits = limits;
  }

  /** Words of the block so far; a heading or item around a paragraph counts as that paragraph. */
  get isBlank(): boolean {
    return !this.hasWords;
  }

  get inTable(): boolean {
    return this.table !== null;
  }

  /** Ends the block and begins the next one. */
  open(style: BlockStyle, direction: 'rtl' | null): void {
    this.close();
    this.current = { style, direction, inlines: [] };
  }

  /** What is written until `closeTable` stands in its cells, or before it. */
  openTable(widths: number[] | null): void {
    this.close();
    this.table = new TableBuilder(widths);
  }

  openRow(head: boolean): void {
    this.table?.openRow(head);
  }

  openCell(columns: number, rows: number): void {
    this.close();
    this.cell = { columns, rows, blocks: [] };
  }

  closeCell(): void {
    this.close();
    if (this.cell) this.table?.addCell(this.cell.blocks, this.cell.columns, this.cell.rows);
    this.cell = null;
  }

  closeTable(): void {
    this.close();
    const { items = [], asLines = false } = this.table?.done() ?? {};
    this.table = null;
    if (asLines) this.largeTables++;
    for (const item of items) this.add(item);
  }

  text(raw: string, look: Look): void {
    const text = cleanCharacters(raw);
    if (!look.preformatted) {
      const collapsed = text.replace(/[ \t\n\f]+/g, ' ');
      const words = collapsed.startsWith(' ') && this.endsBlank() ? collapsed.slice(1) : collapsed;
      this.words(words, look);
      return;
    }
    for (const piece of text.split(/([\n\t])/)) {
      if (piece === '\n') this.lineBreak();
      else if (piece === '\t') this.tab();
      else this.words(piece, look);
    }
  }

  lineBreak(): void {
    if (this.hasWords) {
      this.trimEnd();
      this.current.inlines.push({ kind: 'break' });
    }
  }

  /** The end of a line that a program broke only for want of room. */
  wrapLine(): void {
    this.wrapped = this.hasWords ? this.line : null;
    this.line = '';
  }

  tab(): void {
    if (this.hasWords) this.current.inlines.push({ kind: 'tab' });
  }

  close(): void {
    this.wrapped = null;
    this.line = '';
    this.trimEnd();
    const { inlines } = this.current;
    while (inlines.length > 0 && inlines.at(-1)?.kind !== 'text') inlines.pop();
    if (this.hasWords) {
      if (!this.cell) this.add(this.current);
      else if (++this.cellBlocks > this.limits.blocks * MOST_CELLS_A_LINE) throw new PasteTooLarge();
      else this.cell.blocks.push(this.current);
    }
    this.current = { style: 'plain', direction: null, inlines: [] };
    this.hasWords = false;
  }

  private add(item: PastedItem): void {
    this.count += isPastedTable(item) ? countBlocks(item) : 1;
    if (this.count > this.limits.blocks) throw new PasteTooLarge();
    this.blocks.push(item);
  }

  private words(words: string, look: Look): void {
    if (words === '') return;
    if (this.wrapped !== null) this.joinLines(this.wrapped, words);
    if (/[^\s\u00a0]/.test(words)) this.hasWords = true;
    this.push(words, look);
  }

  private joinLines(line: string, words: string): void {
    this.wrapped = null;
    const last = this.current.inlines.at(-1);
    if (last?.kind !== 'text') return;
    if (!continuesLine(line, words)) {
      const { style, direction } = this.current;
      this.open(style, direction);
      return;
    }
    // Only the seam: the next words may have another look.
    last.text = joinLine(last.text, words).slice(0, -words.length);
  }

  private push(text: string, { format, smallCaps, href }: Pick<Look, 'format' | 'smallCaps' | 'href'>): void {
    this.characters += text.length;
    if (this.line.length < 500) this.line += text;
    if (this.characters > this.limits.characters) throw new PasteTooLarge();
    // A link is shown underlined and a heading bold anyway.
    const shown =
      (href === '' ? format : format & ~FORMAT.underline) & (HEADING.test(this.current.style) ? ~FORMAT.bold : ~0);
    const last = this.current.inlines.at(-1);
    if (last?.kind === 'text' && last.format === shown && last.smallCaps === smallCaps && last.href === href)
      last.text += text;
    else this.current.inlines.push({ kind: 'text', text, format: shown, smallCaps, href });
  }

  private endsBlank(): boolean {
    const last = this.current.inlines.at(-1);
    return last?.kind === 'text' ? last.text.endsWith(' ') : true;
  }

  private trimEnd(): void {
    const last = this.current.inlines.at(-1);
    if (last?.kind !== 'text') return;
    last.text = last.text.replace(/[ \t]+$/, '');
    if (last.text === '') this.current.inlines.pop();
  }
}
