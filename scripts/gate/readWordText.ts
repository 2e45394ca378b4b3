import { readEvents, readParts } from './wordPackage.ts';

interface Level {
  format: string;
  text: string;
  start: number;
}

/**
 * What a reader of the .docx sees, one line a paragraph, list labels computed from the numbering part, stored field
 * results as they are. Covers what filings use: decimal, letters, romans and bullets. Footnotes stand as a number in the
 * text, as LibreOffice prints them; `withNotes` adds their words at the end and brackets to the numbers, and the words of pictures, as our own
 * text.
 */
export function readWordText(bytes: Uint8Array, withNotes = false): string {
  const parts = readParts(bytes);
  const lists = readLists(parts.get('word/numbering.xml') ?? '');
  const styleLists = readStyleLists(parts.get('word/styles.xml') ?? '');
  const lines: string[] = [];
  let line = '';
  let list: { id: string; level: number } | undefined;
  let inInstruction = false;
  let inText = false;
  const noteMark = (id: string): string => (withNotes ? `[${id}]` : id);
  const notes = withNotes ? (parts.get('word/footnotes.xml') ?? '') : '';
  const events = [readEvents(parts.get('word/document.xml') ?? ''), ...(notes === '' ? [] : [readEvents(notes)])];
  let note = '';
  for (const event of events.flatMap((part) => [...part])) {
    if (event.kind === 'text') {
      if (inText && !inInstruction) line += event.text;
      continue;
    }
    const opens = event.kind === 'open';
    const value = opens ? (event.attributes['w:val'] ?? '') : '';
    switch (event.name) {
      case 'w:p':
        if (opens) {
          line = '';
          list = undefined;
        } else lines.push(`${list ? lists.next(list.id, list.level) : ''}${line}`);
        break;
      case 'w:pStyle':
        if (opens) list = styleLists.get(value);
        break;
      case 'w:ilvl':
        if (opens) list = { id: list?.id ?? '', level: Number(value) };
        break;
      case 'w:numId':
        if (opens) list = { id: value, level: list?.level ?? 0 };
        break;
      case 'w:t':
        inText = opens;
        break;
      case 'w:instrText':
        inInstruction = opens;
        break;
      case 'w:footnoteReference':
        if (opens) line += noteMark(event.attributes['w:id'] ?? '');
        break;
      case 'w:footnote':
        if (opens) note = event.attributes['w:id'] ?? '';
        break;
      case 'w:footnoteRef':
        if (opens) line += noteMark(note);
        break;
      case 'wp:docPr':
        // Nothing of its words is printed.
        if (opens && withNotes) line += imageMark(event.attributes['descr'] ?? '');
        break;
      case 'w:br':
        if (opens) line += '\n';
        break;
      case 'w:tab':
        if (opens) line += '\t';
        break;
    }
  }
  return `${lines.join('\n')}\n`;
}

function imageMark(description: string): string {
  return description.startsWith('[Image: ') ? description : `[Image: ${description}]`;
}

function readStyleLists(xml: string): Map<string, { id: string; level: number }> {
  const lists = new Map<string, { id: string; level: number }>();
  let style = '';
  let level = 0;
  for (const event of readEvents(xml)) {
    if (event.kind !== 'open') continue;
    if (event.name === 'w:style') {
      style = event.attributes['w:styleId'] ?? '';
      level = 0;
    }
    if (event.name === 'w:ilvl') level = Number(event.attributes['w:val']);
    if (event.name === 'w:numId') lists.set(style, { id: event.attributes['w:val'] ?? '', level });
  }
  return lists;
}

function readLists(xml: string): { next(id: string, level: number): string } {
  const abstracts = new Map<string, Level[]>();
  const numberings = new Map<string, string>();
  let abstract: Level[] = [];
  let current: Level | undefined;
  let numbering = '';
  for (const event of xml === '' ? [] : readEvents(xml)) {
    if (event.kind !== 'open') continue;
    const value = event.attributes['w:val'] ?? '';
    switch (event.name) {
      case 'w:abstractNum':
        abstract = [];
        abstracts.set(event.attributes['w:abstractNumId'] ?? '', abstract);
        break;
      case 'w:lvl':
        current = { format: '', text: '', start: 1 };
        abstract[Number(event.attributes['w:ilvl'])] = current;
        break;
      case 'w:start':
        if (current) current.start = Number(value);
        break;
      case 'w:numFmt':
        if (current) current.format = value;
        break;
      case 'w:lvlText':
        if (current) current.text = value;
        break;
      case 'w:num':
        numbering = event.attributes['w:numId'] ?? '';
        current = undefined;
        break;
      case 'w:abstractNumId':
        numberings.set(numbering, value);
        break;
    }
  }
  const counters = new Map<string, number[]>();
  return {
    // Each numbering restarts by its own override, so counting by numbering id is exact for filings.
    next(id, level) {
      const levels = abstracts.get(numberings.get(id) ?? '') ?? [];
      const counts = counters.get(id) ?? [];
      counters.set(id, counts);
      counts.length = level + 1;
      counts[level] = (counts[level] ?? (levels[level]?.start ?? 1) - 1) + 1;
      const text = levels[level]?.text ?? '';
      return `${text.replace(/%(\d)/g, (_, digit: string) => formatNumber(counts[Number(digit) - 1] ?? 1, levels[Number(digit) - 1]?.format ?? ''))} `;
    },
  };
}

function formatNumber(value: number, format: string): string {
  const letter = () => String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
  switch (format) {
    case 'lowerLetter':
      return letter();
    case 'upperLetter':
      return letter().toUpperCase();
    case 'upperRoman':
      return roman(value);
    case 'lowerRoman':
      return roman(value).toLowerCase();
    default:
      return String(value);
  }
}

function roman(value: number): string {
  const digits = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'];
  const place = (digit: number, one: string, five: string, ten: string) =>
    (digits[digit] as string).replace(/[IVX]/g, (sign) => (sign === 'I' ? one : sign === 'V' ? five : ten));
  return (
    'M'.repeat(Math.floor(value / 1000)) +
    place(Math.floor(value / 100) % 10, 'C', 'D', 'M') +
    place(Math.floor(value / 10) % 10, 'X', 'L', 'C') +
    place(value % 10, 'I', 'V', 'X')
  );
}
