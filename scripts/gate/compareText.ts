/** The first place where two texts differ, word by word (spaces and line ends do not count); null when they agree. */
export function compareText(expected: string, actual: string): string | null {
  const wanted = words(expected);
  const found = words(actual);
  for (let index = 0; index < Math.max(wanted.length, found.length); index += 1) {
    if (wanted[index] !== found[index]) {
      return `word ${index + 1} of ${wanted.length}: expected “${around(wanted, index)}”, found “${around(found, index)}”`;
    }
  }
  return null;
}

function words(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

function around(list: string[], index: number): string {
  return list.slice(Math.max(0, index - 2), index + 4).join(' ');
}
