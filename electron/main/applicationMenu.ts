import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '../../shared/ipc/contract.ts';

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

/**
 * The application's menu: roles only, so that every item works in every state. Undo and redo have no role: the editor
 * binds their keys to its own history, and Chromium's would undo under it.
 */
export function buildMenu(
  language: Language,
  platform: string,
  actions: { newWindow: () => void },
  devTools: boolean,
): MenuItemConstructorOptions[] {
  const words = WORDS[language];
  const mac = platform === 'darwin';
  const menu: MenuItemConstructorOptions[] = [
    {
      label: words.file,
      submenu: [
        { label: words.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
        { type: 'separator' },
        { role: 'close', label: words.close },
        ...(mac ? [] : [{ role: 'quit' as const, label: words.quit, accelerator: 'CmdOrCtrl+Q' }]),
      ],
    },
    {
      label: words.edit,
      submenu: [
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'pasteAndMatchStyle', label: words.pastePlain },
        { type: 'separator' },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'togglefullscreen', label: words.fullScreen },
        ...(devTools ? [{ role: 'toggleDevTools' as const }] : []),
      ],
    },
    { label: words.window, submenu: [{ role: 'minimize', label: words.minimize }] },
  ];
  return mac ? [{ role: 'appMenu' }, ...menu] : menu;
}
