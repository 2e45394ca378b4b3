/** Signs that keyboards lack, in the order of the palette. The key is shown beside the command. */
export const SIGNS = [
  { name: 'section', sign: '§', keys: 'Alt S' },
  { name: 'paragraph', sign: '¶', keys: 'Alt P' },
  { name: 'enDash', sign: '\u2013', keys: 'Alt -' },
  { name: 'emDash', sign: '\u2014', keys: 'Alt Shift -' },
  { name: 'noBreakSpace', sign: '\u00a0', keys: 'Ctrl Shift Space' },
] as const;
export type SignName = (typeof SIGNS)[number]['name'];

/** What the parts of a keyboard event say; a DOM KeyboardEvent fits. */
export interface PressedKey {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** The sign that a key stands for; null for any other key. */
export function signOfKey({ key, code, altKey, ctrlKey, metaKey, shiftKey }: PressedKey): string | null {
  if (code === 'Space' && shiftKey && !altKey && (ctrlKey || metaKey)) return '\u00a0';
  if (!altKey || ctrlKey || metaKey) return null;
  // Where hyphen has another place (Spanish keyboards), the character tells it.
  if (code === 'Minus' || key === '-' || key === '_') return shiftKey ? '\u2014' : '\u2013';
  if (shiftKey) return null;
  return code === 'KeyS' ? '§' : code === 'KeyP' ? '¶' : null;
}
