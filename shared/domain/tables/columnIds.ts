/** The id of a column: letters that say where it stands, and 16 that make it the only one [DO60]. */
const FORM = /^[a-z]{1,200}_[a-z2-7]{16}$/;
const FIRST = 'a'.charCodeAt(0);
const LETTERS = 26;
const MIDDLE = 'n';

/** True for an id that `newColumnId` could have made. */
export function isColumnId(value: unknown): value is string {
  return typeof value === 'string' && FORM.test(value);
}

/** An id between two others; null stands for the edge of the table. `unique`: 16 letters drawn at random. */
export function newColumnId(before: string | null, after: string | null, unique: string): string {
  return `${placeBetween(placeOf(before), placeOf(after))}_${unique}`;
}

/** Ids for the columns of a new table, from left to right. `draw` gives 16 letters each time. */
export function newColumnIds(count: number, draw: () => string): string[] {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    // Two letters, spread over the alphabet, leave room for columns on both sides of each.
    const share = Math.floor(((at + 1) * LETTERS * LETTERS) / (count + 1));
    const [high, low] = [Math.floor(share / LETTERS), share % LETTERS];
    ids.push(`${letter(high)}${low === 0 ? '' : letter(low)}_${draw()}`);
  }
  return ids;
}

function placeOf(id: string | null): string {
  return id?.slice(0, id.indexOf('_')) ?? '';
}

/** Letters between two places; an empty `after` is behind everything. Ends in no `a`, so that there is always room before it. */
function placeBetween(before: string, after: string): string {
  let place = '';
  let bounded = after !== '' && after > before;
  for (let at = 0; ; at++) {
    const low = at < before.length ? before.charCodeAt(at) - FIRST : 0;
    const high = bounded && at < after.length ? after.charCodeAt(at) - FIRST : LETTERS;
    if (high - low > 1) return place + letter(Math.floor((low + high) / 2));
    place += letter(low);
    if (low < high) bounded = false;
    if (at > before.length + after.length) return place + MIDDLE;
  }
}

function letter(value: number): string {
  return String.fromCharCode(FIRST + value);
}
