import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { MENU_CHANNELS, type MenuItem, type PageMenu } from '../../shared/ipc/menu.ts';
import { buildMenu } from './applicationMenu.ts';
import { WindowMenus } from './WindowMenus.ts';

const item = (id: string, more: Partial<MenuItem> = {}): MenuItem => ({
  id,
  label: id,
  accelerator: '',
  enabled: true,
  checked: null,
  apart: false,
  family: '',
  ...more,
});
const pageMenus: PageMenu[] = [
  { id: 'edit', label: 'Edit', items: [item('undo', { accelerator: 'CmdOrCtrl+Z' }), item('find', { apart: true })] },
  {
    id: 'format',
    label: 'Format',
    items: [item('bold'), item('style-h1', { family: 'Style' }), item('style-h2', { family: 'Style', enabled: false })],
  },
  { id: 'review', label: 'Q & A', items: [item('suggesting', { checked: true })] },
];
const build = (menus: readonly PageMenu[], run: (id: string) => void = () => {}) =>
  buildMenu('en', 'linux', menus, { newWindow: () => {}, run }, false);
const submenu = (menu: MenuItemConstructorOptions | undefined) => menu?.submenu as MenuItemConstructorOptions[];
const named = (menus: MenuItemConstructorOptions[], label: string) =>
  submenu(menus.find((menu) => menu.label === label));

describe('the application menu', () => {
  it('without a complaint holds what main itself does', () => {
    expect(build([]).map(({ label }) => label)).toEqual(['File', 'Edit', 'View', 'Window']);
    expect(named(build([]), 'File')[0]?.label).toBe('New Window');
  });

  it('shows the page’s commands with their keys, which the page listens for itself', () => {
    const edit = named(build(pageMenus), 'Edit');
    expect(edit.map(({ id, role, type }) => id ?? role ?? type)).toEqual([
      'undo',
      'separator',
      'cut',
      'copy',
      'paste',
      'pasteAndMatchStyle',
      'separator',
      'selectAll',
      'separator',
      'find',
    ]);
    expect(edit[0]).toMatchObject({ accelerator: 'CmdOrCtrl+Z', registerAccelerator: false });
  });

  it('has submenus, marks, what cannot be done now, and ampersands as they are', () => {
    const menus = build(pageMenus);
    const styles = submenu(named(menus, 'Format')[1]);
    expect(styles.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['style-h1', true],
      ['style-h2', false],
    ]);
    expect(named(menus, 'Q && A')[0]).toMatchObject({ type: 'checkbox', checked: true });
  });

  it('tells the page which command was chosen', () => {
    const chosen: string[] = [];
    const undo = named(
      build(pageMenus, (id) => chosen.push(id)),
      'Edit',
    )[0];
    if (!undo?.click) throw new Error('Undo does nothing.');
    (undo.click as () => void)();
    expect(chosen).toEqual(['undo']);
  });

  it('is that of the window in front', () => {
    let changes = 0;
    const menus = new WindowMenus(() => changes++);
    menus.write(1, pageMenus);
    menus.write(2, []);
    expect([menus.front, menus.current.length, changes]).toEqual([1, 3, 1]);
    menus.bringToFront(2);
    expect(menus.current).toEqual([]);
    menus.bringToFront(1);
    menus.forget(1);
    expect([menus.current, changes]).toEqual([[], 4]);
  });
});

describe('menu/write', () => {
  const { request } = MENU_CHANNELS['menu/write'];
  const write = (more: Partial<Record<keyof MenuItem, unknown>>) =>
    request.safeParse({ menus: [{ id: 'file', label: 'File', items: [{ ...item('build'), ...more }] }] }).success;

  it('takes items as the page writes them', () => {
    for (const accelerator of [
      '',
      'CmdOrCtrl+Shift+K',
      'Alt+Shift+Up',
      'F3',
      'CmdOrCtrl+Plus',
      'Alt+-',
      'CmdOrCtrl+\\',
    ])
      expect(write({ accelerator })).toBe(true);
  });

  it('refuses anything else', () => {
    for (const accelerator of ['Ctrl+', 'CmdOrCtrl+Boom', 'K\n', 'x'.repeat(100), 7])
      expect(write({ accelerator })).toBe(false);
    for (const id of ['', '../x', 'a b', 'x'.repeat(41)]) expect(write({ id })).toBe(false);
    expect(write({ label: 'x'.repeat(121) })).toBe(false);
    expect(write({ checked: 'yes' })).toBe(false);
    const items = Array.from({ length: 101 }, (_, at) => item(`c${at}`));
    expect(request.safeParse({ menus: [{ id: 'file', label: 'File', items }] }).success).toBe(false);
    expect(request.safeParse({ menus: [{ id: 'apple', label: 'File', items: [] }] }).success).toBe(false);
  });
});
