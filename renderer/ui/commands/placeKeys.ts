import type { Shortcut } from './shortcuts.ts';

/** Keys that mean something in one place alone. What they do is `commands.places.<id>` of the catalogue. */
export const PLACE_KEYS = {
  clipboard: ['Mod+X', 'Mod+C', 'Mod+V'],
  'paste-plain': ['Mod+Shift+V'],
  'select-all': ['Mod+A'],
  'new-window': ['Mod+Shift+N'],
  'close-window': ['Mod+W'],
  quit: ['Mod+Q'],
  'full-screen': ['F11'],
  refer: ['@', '#', '¶'],
  jump: ['Mod+Home', 'Mod+End', 'PageUp', 'PageDown'],
  'open-inline': ['Enter'],
  link: ['Mod+Enter'],
  'to-note': ['Enter'],
  'from-note': ['Escape'],
  'between-notes': ['ArrowUp', 'ArrowDown'],
  cells: ['Tab', 'Shift+Tab'],
  'select-cells': ['Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'],
  remove: ['Backspace', 'Delete'],
  'spelling-menu': ['Shift+F10', 'ContextMenu'],
  'find-field': ['Enter', 'Shift+Enter', 'Escape'],
  'replace-field': ['Enter', 'Mod+Enter'],
  lists: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', 'Enter', 'Space'],
  leave: ['Escape'],
  outline: ['Alt+Shift+ArrowUp', 'Alt+Shift+ArrowDown'],
  send: ['Mod+Enter'],
  field: ['Enter', 'Escape'],
  rename: ['F2'],
  'next-change': ['F7', 'Shift+F7'],
  'viewer-pages': ['PageUp', 'PageDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'],
  'viewer-size': ['+', '-', '0', 'E'],
} as const satisfies Record<string, readonly Shortcut[]>;

export type PlaceKeyId = keyof typeof PLACE_KEYS;
