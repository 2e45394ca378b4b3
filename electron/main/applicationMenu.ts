import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '../../shared/ipc/contract.ts';
import type { MenuItem, PageMenu } from '../../shared/ipc/menu.ts';

const WORDS = {
  en: {
    file: 'File',
    newWindow: 'New Window',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    pastePlain: 'Paste Without Formatting',
    selectAll: 'Select All',
    close: 'Close Window',
    quit: 'Quit',
    fullScreen: 'Full Screen',
    minimize: 'Minimize',
  },
  es: {
    file: 'Archivo',
    newWindow: 'Nueva ventana',
    edit: 'Edición',
    view: 'Ver',
    window: 'Ventana',
    cut: 'Cortar',
    copy: 'Copiar',
    paste: 'Pegar',
    pastePlain: 'Pegar sin formato',
    selectAll: 'Seleccionar todo',
    close: 'Cerrar ventana',
    quit: 'Salir',
    fullScreen: 'Pantalla completa',
    minimize: 'Minimizar',
  },
} as const satisfies Record<Language, Record<string, string>>;

export interface MenuActions {
  newWindow(): void;
  /** A command of the page was chosen. */
  run(id: string): void;
}

/**
 * The application's menu: what main itself does (windows, clipboard, as roles) and the commands that the page in front has
 * written. The page listens for the keys of its commands; the menu only shows them. Undo and redo are commands of the page:
 * the editor has its own history, and Chromium's would undo under it.
 */
export function buildMenu(
  language: Language,
  platform: string,
  pageMenus: readonly PageMenu[],
  actions: MenuActions,
  devTools: boolean,
): MenuItemConstructorOptions[] {
  const words = WORDS[language];
  const mac = platform === 'darwin';
  const page = (id: PageMenu['id']) => pageMenus.find((menu) => menu.id === id)?.items ?? [];
  const all = (id: PageMenu['id']) => buildItems(page(id), actions.run);
  const named = (id: 'insert' | 'format' | 'review' | 'help'): MenuItemConstructorOptions[] => {
    const written = pageMenus.find((menu) => menu.id === id);
    return written ? [{ label: escapeLabel(written.label), submenu: all(id) }] : [];
  };
  // Undo and redo stand before the clipboard, as everywhere.
  const edit = page('edit');
  const firstApart = edit.findIndex(({ apart }) => apart);
  const [history, search] = firstApart < 0 ? [edit, []] : [edit.slice(0, firstApart), edit.slice(firstApart)];
  const menu: MenuItemConstructorOptions[] = [
    {
      label: words.file,
      submenu: [
        ...all('file'),
        ...divide(page('file')),
        { label: words.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
        { role: 'close', label: words.close, accelerator: 'CmdOrCtrl+W' },
        ...(mac ? [] : [{ role: 'quit' as const, label: words.quit, accelerator: 'CmdOrCtrl+Q' }]),
      ],
    },
    {
      label: words.edit,
      submenu: [
        ...buildItems(history, actions.run),
        ...divide(history),
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'pasteAndMatchStyle', label: words.pastePlain, accelerator: 'CmdOrCtrl+Shift+V' },
        { type: 'separator' },
        { role: 'selectAll', label: words.selectAll },
        ...buildItems(search, actions.run),
      ],
    },
    ...named('insert'),
    ...named('format'),
    ...named('review'),
    {
      label: words.view,
      submenu: [
        ...all('view'),
        ...divide(page('view')),
        { role: 'togglefullscreen', label: words.fullScreen },
        ...(devTools ? [{ role: 'toggleDevTools' as const }] : []),
      ],
    },
    { label: words.window, submenu: [{ role: 'minimize', label: words.minimize }] },
    ...named('help'),
  ];
  return mac ? [{ role: 'appMenu' }, ...menu] : menu;
}

function buildItems(items: readonly MenuItem[], run: (id: string) => void): MenuItemConstructorOptions[] {
  const built: MenuItemConstructorOptions[] = [];
  const families = new Map<string, MenuItemConstructorOptions[]>();
  for (const item of items) {
    if (item.apart) built.push({ type: 'separator' });
    const option: MenuItemConstructorOptions = {
      id: item.id,
      label: escapeLabel(item.label),
      enabled: item.enabled,
      click: () => run(item.id),
      ...(item.accelerator ? { accelerator: item.accelerator, registerAccelerator: false } : {}),
      ...(item.checked === null ? {} : { type: 'checkbox' as const, checked: item.checked }),
    };
    if (item.family === '') {
      built.push(option);
      continue;
    }
    const family = families.get(item.family);
    if (family) family.push(option);
    else {
      const submenu = [option];
      families.set(item.family, submenu);
      built.push({ label: escapeLabel(item.family), submenu });
    }
  }
  return built;
}

function divide(before: readonly unknown[]): MenuItemConstructorOptions[] {
  return before.length > 0 ? [{ type: 'separator' }] : [];
}

/** An ampersand would make the next letter a mnemonic. */
function escapeLabel(label: string): string {
  return label.replaceAll('&', '&&');
}
