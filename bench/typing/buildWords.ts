const OPENINGS = [
  'On that morning',
  'According to the record',
  'Two weeks later',
  'At the second hearing',
  'In the same month',
  'Before the transfer',
  'During the search',
  'After the visit',
];
const SUBJECTS = [
  'the officers',
  'the family',
  'the public defender',
  'the court',
  'the organization',
  'the ministry',
  'the detained man',
  'a neighbor',
];
const VERBS = ['asked for', 'refused', 'received', 'described', 'recorded', 'could not see', 'was shown', 'repeated'];
const OBJECTS = [
  'a written order',
  'the medical report',
  'the reason for the arrest',
  'any notice of the charges',
  'the list of names',
  'a copy of the file',
  'permission to visit',
  'an account of the night',
];
const CLOSINGS = [
  'and no answer was given',
  'although the law requires it',
  'and the exhibit shows the date',
  'while others waited outside',
  'and nobody signed for it',
  'as three witnesses have said',
  'and the request was renewed',
  'without any explanation',
];

/** Paragraphs of invented prose with exactly `words` words in all, about `wordsEach` in one; the same for one seed. */
export function buildWords(words: number, wordsEach: number, seed = 1): string[] {
  let state = seed;
  const pick = (list: readonly string[]): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[Math.floor((state / 2 ** 32) * list.length)] ?? '';
  };
  const paragraphs: string[] = [];
  let left = words;
  while (left > 0) {
    const length = left < wordsEach * 1.5 ? left : wordsEach;
    const sentence = (): string =>
      `${pick(OPENINGS)} ${pick(SUBJECTS)} ${pick(VERBS)} ${pick(OBJECTS)}, ${pick(CLOSINGS)}.`;
    const all: string[] = [];
    while (all.length < length) all.push(...sentence().split(' '));
    const kept = all.slice(0, length);
    paragraphs.push(kept.join(' ').replace(/[,.]?$/, '.'));
    left -= length;
  }
  return paragraphs;
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
