import { parseLinkAddress } from './linkAddress.ts';
import { parsePassageLanguage } from './passageLanguage.ts';

/** Marks of suggestions that hold what stood under another key before; empty where nothing did. */
export const VALUE_MARKS = { lnk_: 'href', lng_: 'lang' } as const;
export type ValueMark = keyof typeof VALUE_MARKS;

const PARSERS: Record<ValueMark, (value: unknown) => string | null> = {
  lnk_: parseLinkAddress,
  lng_: parsePassageLanguage,
};

/** [DO1] Whether a mark of that kind may hold this. */
export function isValueBefore(mark: ValueMark, value: unknown): boolean {
  return value === '' || PARSERS[mark](value) !== null;
}

/**
 * [DO16] Answers the chosen ones of a node's marks of one kind, given from the oldest on. A rejected one hands what was
 * before to the next younger one, an accepted one its own to all older ones; the last one's own is what the node has.
 */
export function settleValues(
  mark: ValueMark,
  ids: readonly string[],
  state: Readonly<Record<string, unknown>>,
  view: 'accepted' | 'rejected',
  only: (id: string) => boolean,
  changes: Map<string, string | null>,
): void {
  const key = VALUE_MARKS[mark];
  const now = PARSERS[mark](state[key]) ?? '';
  const values = [...ids.map((id) => state[`${mark}${id}`] as string), now];
  ids.forEach((id, at) => {
    if (!only(id)) return;
    if (view === 'rejected') values[at + 1] = values[at] as string;
    else values.fill(values[at + 1] as string, 0, at + 1);
    changes.set(`${mark}${id}`, null);
  });
  ids.forEach((id, at) => {
    const value = values[at] as string;
    if (!changes.has(`${mark}${id}`) && value !== state[`${mark}${id}`]) changes.set(`${mark}${id}`, value);
  });
  const settled = values.at(-1) as string;
  if (settled !== now) changes.set(key, settled === '' ? null : settled);
}
