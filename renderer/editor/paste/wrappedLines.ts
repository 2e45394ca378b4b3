/** Lines shorter than this are ended on purpose: headings, addresses. */
const FULL_LINE = 60;

/** True when the next line goes on with the sentence of a line that a program broke only for want of room. */
export function continuesLine(line: string, next: string): boolean {
  if (/^\p{Ll}/u.test(next)) return true;
  return line.trimEnd().length >= FULL_LINE && !/[.:;?!][”"’')\]]*\s*$/u.test(line);
}

/** The paragraphs of a text copied from a PDF, whose lines end where the page's did; other text as it is. */
export function joinWrappedLines(lines: readonly string[]): string[] {
  if (!lookWrapped(lines)) return [...lines];
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    const last = joined.at(-1);
    if (open && last !== undefined && line.trim() !== '' && continuesLine(last.slice(-200), line))
      joined[joined.length - 1] = joinLine(last, line);
    else joined.push(line);
    open = line.trim() !== '';
  }
  return joined;
}

/** Two lines as one; a word that was divided between them is put together. */
export function joinLine(line: string, next: string): string {
  if (/\p{Ll}-$/u.test(line) && /^\p{Ll}/u.test(next)) return line.slice(0, -1) + next;
  return /\s$/.test(line) ? line + next : `${line} ${next}`;
}

// Lists and tables have few lines that begin in the middle of a sentence behind a full line; a PDF's prose has many.
function lookWrapped(lines: readonly string[]): boolean {
  let full = 0;
  let continued = 0;
  lines.forEach((line, position) => {
    const next = lines[position + 1];
    if (line.length < FULL_LINE || line.length > 140 || line.includes('\t') || !next?.trim()) return;
    full++;
    if (/^\p{Ll}/u.test(next)) continued++;
  });
  return continued >= 2 && continued * 3 >= full;
}
