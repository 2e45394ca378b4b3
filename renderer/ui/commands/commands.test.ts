import { describe, expect, it } from 'vitest';
import { menuItemSchema } from '../../../shared/ipc/menu.ts';
import { en } from '../../i18n/en.ts';
import { COMMAND_IDS, COMMANDS, commandOfKey, keysOf } from './commands.ts';
import { acceleratorOf, ariaShortcut, isShortcut, type PressedKey, showShortcut } from './shortcuts.ts';

const press = (key: string, code: string, modifiers: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...modifiers,
});

describe('the registry of commands', () => {
  it.each([false, true])('gives no key to two commands (Mac: %s)', (mac) => {
    const owners = new Map<string, string[]>();
    for (const id of COMMAND_IDS) for (const key of keysOf(id, mac)) owners.set(key, [...(owners.get(key) ?? []), id]);
    // With words selected in the text the key of the palette makes a link.
    expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([['Mod+K', ['link', 'palette']]]);
  });

  it('names every command, and nothing that is none', () => {
    const named = COMMAND_IDS.filter((id) => !id.startsWith('style-'));
    expect(Object.keys(en.commands.names).sort()).toEqual([...named].sort());
    const styles = COMMAND_IDS.filter((id) => id.startsWith('style-')).map((id) => id.slice('style-'.length));
    expect(Object.keys(en.styles).sort()).toEqual(styles.sort());
  });

  it('has keys that the menu can show', () => {
    for (const id of COMMAND_IDS)
      for (const key of [...keysOf(id, false), ...keysOf(id, true)]) {
        const item = { id, label: id, enabled: true, checked: null, apart: false, family: '' };
        expect(menuItemSchema.safeParse({ ...item, accelerator: acceleratorOf(key) }).success, key).toBe(true);
      }
  });

  it('has a name for every group and family', () => {
    for (const id of COMMAND_IDS) {
      const { group, family } = COMMANDS[id];
      expect(en.commands.groups[group]).toBeTruthy();
      if (family) expect(en.commands.families[family]).toBeTruthy();
    }
  });
});

describe('shortcuts', () => {
  it('know a key with its modifiers, Ctrl or Cmd alike', () => {
    expect(commandOfKey(press('k', 'KeyK', { ctrlKey: true, shiftKey: true }), 'window')).toBe('claim');
    expect(commandOfKey(press('K', 'KeyK', { metaKey: true, shiftKey: true }), 'window')).toBe('claim');
    expect(commandOfKey(press('k', 'KeyK', { ctrlKey: true }), 'window')).toBe('palette');
    expect(commandOfKey(press('k', 'KeyK', { ctrlKey: true, altKey: true }), 'text')).toBe('small-caps');
    expect(commandOfKey(press('F3', 'F3', { shiftKey: true }), 'window')).toBe('find-previous');
    expect(commandOfKey(press('k', 'KeyK'), 'window')).toBeNull();
  });

  it('go by the letter that the layout types, and with Alt by the place of the key', () => {
    // Dvorak: the letter K lies where V is on the keyboard of the United States.
    expect(isShortcut(press('k', 'KeyV', { ctrlKey: true }), 'Mod+K')).toBe(true);
    // Option on a Mac types another character.
    expect(isShortcut(press('ß', 'KeyS', { altKey: true }), 'Alt+S')).toBe(true);
  });

  it('find signs where another layout has them', () => {
    // A Spanish keyboard types the slash with Shift and 7, and has the hyphen where the slash is.
    expect(isShortcut(press('/', 'Digit7', { ctrlKey: true, shiftKey: true }), 'Mod+/')).toBe(true);
    expect(isShortcut(press('-', 'Slash', { altKey: true }), 'Alt+-')).toBe(true);
    expect(isShortcut(press('_', 'Slash', { altKey: true, shiftKey: true }), 'Alt+Shift+-')).toBe(true);
    expect(isShortcut(press('=', 'Equal', { ctrlKey: true }), 'Mod++')).toBe(true);
  });

  it('leave alone what types: AltGr and a composition', () => {
    const altGr = press('€', 'KeyE', { ctrlKey: true, altKey: true, getModifierState: (key) => key === 'AltGraph' });
    expect(isShortcut(altGr, 'Mod+Alt+E')).toBe(false);
    expect(isShortcut(press('k', 'KeyK', { ctrlKey: true, isComposing: true }), 'Mod+K')).toBe(false);
  });

  it('are written for a person, a screen reader and a menu', () => {
    expect(showShortcut('Mod+Alt+Shift+M', false)).toBe('Ctrl Alt Shift M');
    expect(showShortcut('Mod+Alt+Shift+M', true)).toBe('⌥⇧⌘M');
    expect(showShortcut('Mod++', false)).toBe('Ctrl +');
    expect(showShortcut('Alt+Shift+ArrowUp', false)).toBe('Alt Shift ↑');
    expect(ariaShortcut('Mod+Shift+K', false)).toBe('Control+Shift+K');
    expect(ariaShortcut('Mod++', true)).toBe('Meta+Plus');
    expect(acceleratorOf('Alt+Shift+ArrowUp')).toBe('Alt+Shift+Up');
    expect(acceleratorOf('Mod++')).toBe('CmdOrCtrl+Plus');
  });
});
