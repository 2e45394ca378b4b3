import { BrowserWindow, nativeTheme, type WebContents } from 'electron';
import type { EventName, Events, Settings } from '../../shared/ipc/contract.ts';
import type { RedactedLog } from '../ipc/RedactedLog.ts';
import { APP_ORIGIN } from './bundleProtocol.ts';
import { hardenContents } from './hardening.ts';

/** Page canvas of the design guide, shown until the page has painted. */
const CANVAS = { light: '#efede8', dark: '#141311' };

/** The program's windows. Each shows the same page; a window is known by the id of its contents. */
export class MainWindows {
  readonly #windows = new Map<number, BrowserWindow>();
  readonly #options: {
    preload: string;
    devTools: boolean;
    log: RedactedLog;
    onClosing: (windowId: number) => Promise<void>;
  };

  constructor(options: {
    preload: string;
    devTools: boolean;
    log: RedactedLog;
    onClosing: (windowId: number) => Promise<void>;
  }) {
    this.#options = options;
  }

  get count(): number {
    return this.#windows.size;
  }

  /** Opens a window; it appears when its page has something to show. */
  open(theme: Settings['theme']): BrowserWindow {
    const dark = theme === 'dark' || (theme === 'system' && nativeTheme.shouldUseDarkColors);
    const window = new BrowserWindow({
      width: 1440,
      height: 900,
      minWidth: 1024,
      minHeight: 640,
      show: false,
      title: 'Alegato',
      backgroundColor: dark ? CANVAS.dark : CANVAS.light,
      autoHideMenuBar: true,
      webPreferences: {
        preload: this.#options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: this.#options.devTools,
        navigateOnDragDrop: false,
        enableWebSQL: false,
        // Presence is renewed by a timer of the page; a window in the background is still here.
        backgroundThrottling: false,
      },
    });
    const { id } = window.webContents;
    this.#windows.set(id, window);
    hardenContents(window.webContents, this.#options.log);
    window.once('ready-to-show', () => window.show());
    let saved = false;
    window.on('close', (event) => {
      if (saved) return;
      // What was typed last is still on its way: the window goes when it is durable.
      event.preventDefault();
      this.#options
        .onClosing(id)
        .catch((error: unknown) => this.#options.log.writeError('window-close-failed', error))
        .finally(() => {
          saved = true;
          if (!window.isDestroyed()) window.close();
        });
    });
    window.on('closed', () => this.#windows.delete(id));
    window.webContents.on('render-process-gone', (_event, details) => {
      this.#options.log.write('page-gone', { reason: details.reason });
      this.#options
        .onClosing(id)
        .catch((error: unknown) => this.#options.log.writeError('window-close-failed', error))
        .finally(() => {
          if (!window.isDestroyed()) window.webContents.reload();
        });
    });
    window.loadURL(`${APP_ORIGIN}/`).catch((error: unknown) => this.#options.log.writeError('page-not-loaded', error));
    return window;
  }

  find(windowId: number): BrowserWindow | null {
    return this.#windows.get(windowId) ?? null;
  }

  contents(windowId: number): WebContents | null {
    const window = this.#windows.get(windowId);
    return window && !window.isDestroyed() ? window.webContents : null;
  }

  /** Starts every page anew. */
  reload(): void {
    for (const id of this.#windows.keys()) this.contents(id)?.reload();
  }

  /** Sends an event to the given windows, or to all. */
  emit<E extends EventName>(event: E, payload: Events[E], windowIds?: Iterable<number>): void {
    for (const id of windowIds ?? this.#windows.keys()) this.contents(id)?.send('alegato:event', event, payload);
  }

  /** Brings one window to the front; opens one when there is none. */
  focus(theme: Settings['theme']): BrowserWindow {
    const window = BrowserWindow.getFocusedWindow() ?? [...this.#windows.values()][0] ?? this.open(theme);
    if (window.isMinimized()) window.restore();
    window.focus();
    return window;
  }
}
