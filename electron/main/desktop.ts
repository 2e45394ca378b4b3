import { extname, join } from 'node:path';
import { app, BrowserWindow, clipboard, dialog, shell } from 'electron';
import type { Desktop } from '../ipc/handlers.ts';
import type { SecurityDesktop } from '../ipc/securityHandlers.ts';
import type { MainWindows } from './MainWindows.ts';

/** File dialogs, clipboard, printer and file manager of the system. */
export function createDesktop(windows: MainWindows): Desktop & SecurityDesktop {
  return {
    info: { version: app.getVersion(), platform: process.platform, locale: app.getLocale() },
    chooseFiles: async (windowId) => {
      const window = windows.find(windowId);
      if (!window) return [];
      const chosen = await dialog.showOpenDialog(window, {
        properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
        filters: [{ name: 'PDF, PNG, JPEG', extensions: ['pdf', 'png', 'jpg', 'jpeg'] }],
      });
      return chosen.canceled ? [] : chosen.filePaths.slice(0, 50);
    },
    chooseSavePath: async (windowId, suggestedName) => {
      const window = windows.find(windowId);
      if (!window) return null;
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), fileNameOf(suggestedName)),
        filters: [{ name: 'Word', extensions: ['docx'] }],
        properties: ['showOverwriteConfirmation', 'dontAddToRecent', 'createDirectory'],
      });
      return chosen.canceled || !chosen.filePath ? null : chosen.filePath;
    },
    chooseBundlePath: async (windowId, suggestedName) => {
      const window = windows.find(windowId);
      if (!window) return null;
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), `${cleanName(suggestedName)}.alegato-bundle`),
        filters: [{ name: 'Alegato', extensions: ['alegato-bundle'] }],
        properties: ['showOverwriteConfirmation', 'dontAddToRecent', 'createDirectory'],
      });
      return chosen.canceled || !chosen.filePath ? null : chosen.filePath;
    },
    chooseBundle: async (windowId) => {
      const window = windows.find(windowId);
      if (!window) return null;
      const chosen = await dialog.showOpenDialog(window, {
        properties: ['openFile', 'dontAddToRecent'],
        filters: [{ name: 'Alegato', extensions: ['alegato-bundle'] }],
      });
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    chooseBackupFile: async (windowId) => {
      const window = windows.find(windowId);
      if (!window) return null;
      const chosen = await dialog.showOpenDialog(window, {
        properties: ['openFile', 'dontAddToRecent'],
        filters: [{ name: 'Alegato', extensions: ['alegato-backup'] }],
      });
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    chooseFolder: async (windowId) => {
      const window = windows.find(windowId);
      if (!window) return null;
      const chosen = await dialog.showOpenDialog(window, {
        properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
      });
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    choosePath: async (windowId, suggestedName) => {
      const window = windows.find(windowId);
      if (!window) return null;
      const name = cleanName(suggestedName);
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), name),
        filters: [{ name: extname(name).slice(1), extensions: [extname(name).slice(1)] }],
        properties: ['showOverwriteConfirmation', 'dontAddToRecent', 'createDirectory'],
      });
      return chosen.canceled || !chosen.filePath ? null : chosen.filePath;
    },
    printPdf: async (html) => {
      // A page without scripts, preload or network; it is thrown away with its window.
      const window = new BrowserWindow({
        show: false,
        webPreferences: { sandbox: true, contextIsolation: true, javascript: false, devTools: false },
      });
      try {
        await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`);
        return new Uint8Array(await window.webContents.printToPDF({ pageSize: 'Letter', printBackground: false }));
      } finally {
        window.destroy();
      }
    },
    showInFolder: (path) => shell.showItemInFolder(path),
    writeClipboard: (text) => clipboard.writeText(text),
  };
}

/** A suggested name without anything that any of the three systems refuses in a file name. */
function fileNameOf(suggestedName: string): string {
  const name = cleanName(suggestedName);
  return /\.docx$/i.test(name) ? name : `${name || 'filing'}.docx`;
}

function cleanName(suggestedName: string): string {
  return suggestedName
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .slice(0, 120);
}
