import type { SerializedBlock, SerializedInline, SerializedText } from '../../shared/domain/document.ts';
import type { ExhibitId, NoteId } from '../../shared/domain/ids.ts';
import { serializeBlock } from '../typing/startAlegato.ts';

/** How much stands in the text beside its words. */
export interface Annotations {
  citations: number;
  comments: number;
  suggestions: number;
  footnotes: number;
}

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Spreads them over the paragraphs: every suggestion inserts or would delete a few words, every comment is on a few. */
export function buildAnnotated(
  paragraphs: readonly string[],
  { citations, comments, suggestions, footnotes }: Annotations,
  exhibitIds: readonly string[],
  claimIds: readonly string[],
): SerializedBlock[] {
  const blocks = paragraphs.map(serializeBlock);
  const every = (
    count: number,
    place: (block: SerializedBlock, number: number) => void,
    among: readonly SerializedBlock[] = blocks,
  ): void => {
    for (let number = 0; number < count; number += 1) {
      const block = among[Math.floor(((number + 0.5) * among.length) / count)];
      if (block) place(block, number);
    }
  };
  // Some paragraphs end in words: that is where people type.
  const cited = blocks.filter((_, index) => index % 8 !== 3);
  every(claimIds.length, (block, number) => mark(block, number, `cl_${claimIds[number] ?? ''}`));
  every(comments, (block, number) => mark(block, number, `cm_${idOf(number)}`));
  every(suggestions, (block, number) => mark(block, number, `${number % 2 ? 'ins' : 'del'}_${idOf(number)}`));
  every(
    citations,
    (block, number) => {
      const exhibitId = (exhibitIds[number % exhibitIds.length] ?? '') as ExhibitId;
      block.children.push({ type: 'citation', version: 1, exhibitId, page: 1 + (number % 9) });
    },
    cited,
  );
  // Their words are typed once they are there; numbers above those of the marks keep all ids apart.
  every(
    footnotes,
    (block, number) => block.children.push({ type: 'footnote', version: 1, noteId: idOf(number + 1_000) as NoteId }),
    cited,
  );
  return blocks;
}

/** Cuts three words out of the longest run that has none of it yet, and marks them. */
function mark(block: SerializedBlock, number: number, key: `${'cl' | 'cm' | 'ins' | 'del'}_${string}`): void {
  const texts = block.children.filter((child): child is SerializedText => child.type === 'text' && !child.$);
  const longest = texts.sort((a, b) => b.text.length - a.text.length)[0];
  if (!longest) return;
  const words = longest.text.split(' ');
  if (words.length < 8) return;
  const at = 2 + (number % (words.length - 6));
  const pieces = [
    words.slice(0, at).join(' ').concat(' '),
    words.slice(at, at + 3).join(' '),
    ' '.concat(words.slice(at + 3).join(' ')),
  ];
  const runs = pieces.map((text, index): SerializedInline => {
    const { $: _none, ...run } = longest;
    return index === 1 ? { ...run, text, $: { [key]: 1 } as { [mark: `cm_${string}`]: 1 } } : { ...run, text };
  });
  block.children.splice(block.children.indexOf(longest), 1, ...runs);
}

function idOf(number: number): string {
  let id = '';
  for (let rest = number + 1, length = 0; length < 16; length += 1) {
    id += ID_LETTERS[rest % 32];
    rest = Math.floor(rest / 32);
  }
  return id;
}
