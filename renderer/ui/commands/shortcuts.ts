/**
 * One key with its modifiers, as `Mod+Shift+K`. `Mod` is Ctrl, on a Mac Cmd. The last part is a letter, a digit, a sign
 * or the name of a key (`F7`, `ArrowUp`, `Enter`, `Space`).
 */
export type Shortcut = string;

/** What the parts of a keyboard event say; a DOM KeyboardEvent fits. */
export interface PressedKey {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  isComposing?: boolean;
  getModifierState?(key: string): boolean;
}

/** Signs that lie elsewhere, or behind Shift, on the keyboards of other languages: the character tells them. */
const SIGN_CODES: Readonly<Record<string, string>> = { '\\': 'Backslash', '-': 'Minus' };
const SIGN_KEYS: Readonly<Record<string, readonly string[]>> = { '+': ['+', '='], '-': ['-', '_'] };
/** The key types something else with Shift, so that Shift says nothing. */
const SHIFTLESS = new Set(['/', '.', ',', '+', '?']);

function parse(shortcut: Shortcut): { modifiers: ReadonlySet<string>; key: string } {
  // The sign may be the plus itself.
  const parts = shortcut.endsWith('++') ? [...shortcut.slice(0, -2).split('+'), '+'] : shortcut.split('+');
  return { key: parts.at(-1) ?? '', modifiers: new Set(parts.slice(0, -1)) };
}

/** True when the event is that shortcut. Never while an input method composes, and never for AltGr, which types letters. */
export function isShortcut(event: PressedKey, shortcut: Shortcut): boolean {
  const { modifiers, key } = parse(shortcut);
  if (event.isComposing || event.getModifierState?.('AltGraph')) return false;
  if ((event.ctrlKey || event.metaKey) !== modifiers.has('Mod') || event.altKey !== modifiers.has('Alt')) return false;
  if (!SHIFTLESS.has(key) && event.shiftKey !== modifiers.has('Shift')) return false;
  if (/^[A-Z]$/.test(key))
    // With Option a Mac types another character; without, the layout says which key the letter is.
    return modifiers.has('Alt') ? event.code === `Key${key}` : event.key.toUpperCase() === key;
  if (/^\d$/.test(key)) return event.code === `Digit${key}` || event.key === key;
  if (key === 'Space') return event.code === 'Space';
  return (
    event.key === key ||
    (SIGN_KEYS[key]?.includes(event.key) ?? false) ||
    (SIGN_CODES[key] !== undefined && event.code === SIGN_CODES[key])
  );
}

/** True on a Mac, where keys are named and written otherwise. */
export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /^mac/i.test(navigator.platform);
}

const MAC_MODIFIERS = [
  ['Ctrl', '⌃'],
  ['Alt', '⌥'],
  ['Shift', '⇧'],
  ['Mod', '⌘'],
] as const;
const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  '-': '−',
};

/** As a person reads it: `Ctrl Shift K`, on a Mac `⇧⌘K`. */
export function showShortcut(shortcut: Shortcut, mac = isMac()): string {
  const { modifiers, key } = parse(shortcut);
  const name = KEY_NAMES[key] ?? key;
  if (mac) return `${MAC_MODIFIERS.map(([id, sign]) => (modifiers.has(id) ? sign : '')).join('')}${name}`;
  return [...['Mod', 'Alt', 'Shift'].filter((each) => modifiers.has(each)), name].join(' ').replace('Mod', 'Ctrl');
}

/** As `aria-keyshortcuts` wants it. */
export function ariaShortcut(shortcut: Shortcut, mac = isMac()): string {
  return shortcut.replace('Mod', mac ? 'Meta' : 'Control').replace(/\+\+$/, '+Plus');
}

/** As Electron's menu wants it. */
export function acceleratorOf(shortcut: Shortcut): string {
  return shortcut
    .replace('Mod', 'CmdOrCtrl')
    .replace(/Arrow(Up|Down|Left|Right)$/, '$1')
    .replace(/\+\+$/, '+Plus');
}
