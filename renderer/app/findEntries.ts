/** Something the palette can find. */
export interface PaletteEntry {
  id: string;
  kind: 'command' | 'heading' | 'exhibit' | 'person' | 'claim' | 'page';
  title: string;
  /** Shown after the title: keys of a command, ¶ of a claim. */
  detail: string;
  run(): void;
}

/** Lower case without accents: "denuncia anónima" is found by "anonima". */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const RESULT_LIMIT = 60;

/** Entries that hold every word of the query, best first (start of title, start of a word, anywhere); without a query all commands. */
export function findEntries(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  const words = foldText(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.filter((entry) => entry.kind === 'command');
  const scored: { entry: PaletteEntry; score: number; order: number }[] = [];
  entries.forEach((entry, order) => {
    const text = foldText(`${entry.title} ${entry.detail}`);
    let score = 0;
    for (const word of words) {
      const at = text.indexOf(word);
      if (at < 0) return;
      score += at === 0 ? 0 : /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 1 : 2;
    }
    scored.push({ entry, score, order });
  });
  return scored
    .sort((a, b) => a.score - b.score || a.order - b.order)
    .slice(0, RESULT_LIMIT)
    .map(({ entry }) => entry);
}
