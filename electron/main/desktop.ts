import { join } from 'node:path';
import { app, clipboard, dialog, shell } from 'electron';
import type { Desktop } from '../ipc/handlers.ts';
import type { MainWindows } from './MainWindows.ts';

/** File dialogs, clipboard and file manager of the system. */
export function createDesktop(windows: MainWindows): Desktop {
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
    showInFolder: (path) => shell.showItemInFolder(path),
    writeClipboard: (text) => clipboard.writeText(text),
  };
}

/** A suggested name without anything that any of the three systems refuses in a file name. */
function fileNameOf(suggestedName: string): string {
  const name = suggestedName
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .slice(0, 120);
  return /\.docx$/i.test(name) ? name : `${name || 'filing'}.docx`;
}
