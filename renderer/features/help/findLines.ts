/** One line of the keyboard map; `keys` as a person reads them. */
export interface MapLine {
  id: string;
  name: string;
  keys: readonly string[];
}
export interface MapPart {
  id: string;
  title: string;
  lines: readonly MapLine[];
}

/** Lower case, without accents and plus signs: “Ctrl+Shift+K” finds “Ctrl Shift K”. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\w)\+(?=\S)/g, ' ')
    .toLowerCase();
}

/** The lines that hold every word of the query in their name, their keys or the title of their part; no empty parts. */
export function findLines(parts: readonly MapPart[], query: string): MapPart[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return parts
    .map((part) => ({
      ...part,
      lines: part.lines.filter((line) => {
        const text = fold(`${line.name} ${line.keys.join(' ')} ${part.title}`);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((part) => part.lines.length > 0);
}
