import { isKeyOf } from '../../ui/commands/commands.ts';
import type { PressedKey } from '../../ui/commands/shortcuts.ts';

/** Signs that keyboards lack, in the order of the menu; the command of each is `sign-<name>`. */
export const SIGNS = [
  { name: 'section', sign: '§' },
  { name: 'paragraph', sign: '¶' },
  { name: 'enDash', sign: '\u2013' },
  { name: 'emDash', sign: '\u2014' },
  { name: 'noBreakSpace', sign: '\u00a0' },
] as const;
export type SignName = (typeof SIGNS)[number]['name'];

/** The sign that a key stands for; null for any other key. */
export function signOfKey(event: PressedKey): string | null {
  return SIGNS.find(({ name }) => isKeyOf(event, `sign-${name}`))?.sign ?? null;
}
