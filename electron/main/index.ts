import { join, resolve } from 'node:path';
import { app, dialog, ipcMain, Menu, nativeTheme, protocol, session } from 'electron';
import type { Settings } from '../../shared/ipc/contract.ts';
import { CHANNEL_NAMES } from '../ipc/handlers.ts';
import { RedactedLog } from '../ipc/RedactedLog.ts';
import { answerCall } from '../ipc/registrar.ts';
import { loadCiphers } from '../services/sync/sodium.ts';
import { buildMenu } from './applicationMenu.ts';
import { APP_ORIGIN, serveBundle } from './bundleProtocol.ts';
import { createDesktop } from './desktop.ts';
import { hardenSession, silenceChromium } from './hardening.ts';
import { findInvitationLink } from './invitationLinks.ts';
import { findKeychain } from './keychain.ts';
import { LibraryHost } from './LibraryHost.ts';
import { MainWindows } from './MainWindows.ts';
import { WindowMenus } from './WindowMenus.ts';

const PACKAGED = app.isPackaged;
const BUNDLE = join(import.meta.dirname, '../renderer');
const log = new RedactedLog((line) => {
  if (!PACKAGED) process.stderr.write(`alegato: ${line}\n`);
});

/** `--profile=DIR`: another library, settings and lock, for tests and for two organizations on one machine. */
const profile = process.argv.find((arg) => arg.startsWith('--profile='))?.slice('--profile='.length);
if (profile) app.setPath('userData', resolve(profile));

// Root, as in a container, cannot have the system's sandbox and says so on the command line; forcing it would leave
// Chromium without any child process. The page stays isolated by its own preferences all the same.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
silenceChromium();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

if (app.requestSingleInstanceLock()) {
  process.on('unhandledRejection', (error) => log.writeError('unhandled-rejection', error));
  start().catch((error: unknown) => {
    log.writeError('start-failed', error);
    dialog.showErrorBox('Alegato', startFailure(error));
    app.exit(1);
  });
} else {
  app.quit();
}

async function start(): Promise<void> {
  // Links may arrive before there is a window to ask in.
  let pendingLink = findInvitationLink(process.argv);
  let deliver = (link: string): void => {
    pendingLink = link;
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const link = findInvitationLink([url]);
    if (link) deliver(link);
  });
  const menus = new WindowMenus(() => showMenu());
  app.on('browser-window-focus', (_event, window) => menus.bringToFront(window.webContents.id));
  app.on('web-contents-created', (_event, contents) => {
    const { id } = contents; // when it is destroyed it has none
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // A page that begins anew, locked perhaps, says again what its menus hold.
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) menus.forget(id);
    });
    contents.once('destroyed', () => menus.forget(id));
  });
  if (!profile) {
    if (PACKAGED) app.setAsDefaultProtocolClient('alegato');
    else app.setAsDefaultProtocolClient('alegato', process.execPath, [resolve(process.argv[1] ?? '.')]);
  }

  await app.whenReady();
  let host: LibraryHost | null = null;
  hardenSession(session.defaultSession, log, { devTools: !PACKAGED });
  protocol.handle('app', (request) => serveBundle(BUNDLE, request));

  const windows: MainWindows = new MainWindows({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    devTools: !PACKAGED,
    log,
    onClosing: async (windowId) => host?.closeWindow(windowId),
  });
  const showMenu = (): void => {
    if (!host) return;
    const { language, theme } = host.settings;
    const actions = {
      newWindow: () => void windows.open(theme),
      run: (id: string) => {
        if (menus.front !== null) windows.emit('menu/command', { id }, [menus.front]);
        // A mark that the system has set by itself is taken back when the page does not agree.
        showMenu();
      },
    };
    const template = buildMenu(language, process.platform, menus.current, actions, !PACKAGED);
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  const applySettings = ({ theme }: Settings): void => {
    nativeTheme.themeSource = theme;
    showMenu();
  };
  const started = await LibraryHost.start({
    profile: app.getPath('userData'),
    ciphers: await loadCiphers(),
    keychain: await findKeychain(),
    windows,
    desktop: createDesktop(windows),
    log,
    onSettings: applySettings,
    onMenus: (windowId, written) => menus.write(windowId, written),
  });
  if (!started.ok) throw new StartRefused(started.error.code);
  const opened = started.value;
  host = opened;
  applySettings(opened.settings);

  for (const channel of CHANNEL_NAMES) {
    ipcMain.handle(channel, (event, payload: unknown) => {
      const frame = event.senderFrame;
      const trusted =
        frame !== null &&
        frame === event.sender.mainFrame &&
        frame.url.startsWith(`${APP_ORIGIN}/`) &&
        windows.find(event.sender.id) !== null;
      return answerCall(channel, payload, { trusted, windowId: event.sender.id }, opened.handlers, log);
    });
  }

  const openWithLink = (): void => {
    const window = windows.open(opened.settings.theme);
    window.webContents.once('did-finish-load', () => {
      deliver = (link) => {
        windows.focus(opened.settings.theme);
        windows.emit('invite/received', { link });
      };
      if (pendingLink) deliver(pendingLink);
      pendingLink = null;
    });
  };
  app.on('second-instance', (_event, argv) => {
    const link = findInvitationLink(argv);
    windows.focus(opened.settings.theme);
    if (link) deliver(link);
  });
  app.on('activate', () => {
    if (windows.count === 0) openWithLink();
  });
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  let finished = false;
  app.on('will-quit', (event) => {
    if (finished) return;
    event.preventDefault();
    opened
      .close()
      .catch((error: unknown) => log.writeError('close-failed', error))
      .finally(() => {
        finished = true;
        app.quit();
      });
  });
  app.on('window-all-closed', () => {
    // A window that waits for the disk stops a quit; it goes on here.
    if (quitting || process.platform !== 'darwin') app.quit();
  });
  openWithLink();
}

class StartRefused extends Error {}

/** The one sentence shown when there cannot be a window, in the system's language. */
function startFailure(error: unknown): string {
  const spanish = app.getLocale().startsWith('es');
  if (error instanceof StartRefused && error.message === 'library-in-use')
    return spanish
      ? 'Otro Alegato tiene abiertas estas denuncias. No se cambió nada. Ciérrelo allá y vuelva a abrir este.'
      : 'Another Alegato has these complaints open. Nothing was changed. Close it there, then start again.';
  return spanish
    ? 'Alegato no pudo abrir su carpeta de datos. No se cambió nada. Revise que el disco tenga espacio y que la carpeta permita escribir.'
    : 'Alegato could not open its data folder. Nothing was changed. Check that the disk has space and that the folder can be written to.';
}
