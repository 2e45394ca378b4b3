import { join, resolve } from 'node:path';
import { app, dialog, ipcMain, Menu, MessageChannelMain, nativeTheme, protocol, session } from 'electron';
import type { Settings } from '../../shared/ipc/contract.ts';
import { DOC_PORT_EVENT } from '../../shared/ipc/docPort.ts';
import { CHANNEL_NAMES, createHandlers } from '../ipc/handlers.ts';
import { RedactedLog } from '../ipc/RedactedLog.ts';
import { answerCall } from '../ipc/registrar.ts';
import { openRoomLink } from '../services/complaint/openRoomLink.ts';
import { WindowSessions } from '../services/complaint/WindowSessions.ts';
import { Library } from '../services/library/Library.ts';
import type { MessageEnd } from '../services/replica/DocPort.ts';
import { readLibraryKey } from '../services/storage/LibraryKey.ts';
import { Sealer } from '../services/storage/Sealer.ts';
import { SettingsFile } from '../services/storage/SettingsFile.ts';
import { loadCiphers } from '../services/sync/sodium.ts';
import { buildMenu } from './applicationMenu.ts';
import { APP_ORIGIN, serveBundle } from './bundleProtocol.ts';
import { createDesktop } from './desktop.ts';
import { hardenSession, silenceChromium } from './hardening.ts';
import { findInvitationLink } from './invitationLinks.ts';
import { findKeychain } from './keychain.ts';
import { MainWindows } from './MainWindows.ts';

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
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  if (!profile) {
    if (PACKAGED) app.setAsDefaultProtocolClient('alegato');
    else app.setAsDefaultProtocolClient('alegato', process.execPath, [resolve(process.argv[1] ?? '.')]);
  }

  await app.whenReady();
  const ciphers = await loadCiphers();
  const userData = app.getPath('userData');
  const key = await readLibraryKey(userData, await findKeychain());
  if (!key.ok) throw new StartRefused(key.error.code);
  const root = new Sealer(ciphers, key.value);
  const settings = await SettingsFile.open(join(userData, 'settings'), root.derive('settings'), defaultSettings());

  hardenSession(session.defaultSession, log, { devTools: !PACKAGED });
  protocol.handle('app', (request) => serveBundle(BUNDLE, request));

  const windows: MainWindows = new MainWindows({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    devTools: !PACKAGED,
    log,
    onClosing: (windowId) => sessions.closeWindow(windowId),
  });
  const library = await Library.open({
    path: join(userData, 'library'),
    root,
    ciphers,
    openRoomLink,
    samplePath: join(app.getAppPath(), 'resources/sample'),
    onStatus: (status) => windows.emit('complaint/status', status, sessions.windowsOf(status.complaintId)),
    onNotice: (complaintId, notice) => windows.emit('notice', notice, sessions.windowsOf(complaintId)),
    onTransfer: (event) => windows.emit('exhibits/transfer', event, sessions.windowsOf(event.complaintId)),
    onChanged: () => windows.emit('library/changed', null),
    onCode: (code) => log.write(code),
  });
  const sessions = new WindowSessions(library, (windowId, complaintId) => {
    const contents = windows.contents(windowId);
    if (!contents) return null;
    const { port1, port2 } = new MessageChannelMain();
    contents.postMessage(DOC_PORT_EVENT, { complaintId }, [port2]);
    return messageEnd(port1);
  });

  const applySettings = (): void => {
    const { language, theme } = settings.read();
    nativeTheme.themeSource = theme;
    const menu = buildMenu(
      language,
      process.platform,
      { newWindow: () => windows.open(settings.read().theme) },
      !PACKAGED,
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  };
  applySettings();

  const handlers = createHandlers({
    library,
    sessions,
    settings,
    desktop: createDesktop(windows),
    docxWorkerPath: join(import.meta.dirname, 'docx-worker.js'),
    onSettings: applySettings,
  });
  for (const channel of CHANNEL_NAMES) {
    ipcMain.handle(channel, (event, payload: unknown) => {
      const frame = event.senderFrame;
      const trusted =
        frame !== null &&
        frame === event.sender.mainFrame &&
        frame.url.startsWith(`${APP_ORIGIN}/`) &&
        windows.find(event.sender.id) !== null;
      return answerCall(channel, payload, { trusted, windowId: event.sender.id }, handlers, log);
    });
  }

  if ((await library.list()).length === 0)
    await library.create(SAMPLE_TITLE[settings.read().language], 'sample', settings.read().organizationName);

  const openWithLink = (): void => {
    const window = windows.open(settings.read().theme);
    window.webContents.once('did-finish-load', () => {
      deliver = (link) => {
        windows.focus(settings.read().theme);
        windows.emit('invite/received', { link });
      };
      if (pendingLink) deliver(pendingLink);
      pendingLink = null;
    });
  };
  app.on('second-instance', (_event, argv) => {
    const link = findInvitationLink(argv);
    windows.focus(settings.read().theme);
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
    library
      .closeAll()
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

const SAMPLE_TITLE = { en: 'Sample complaint', es: 'Denuncia de ejemplo' } as const;

function defaultSettings(): Settings {
  return {
    language: app.getLocale().startsWith('es') ? 'es' : 'en',
    theme: 'system',
    interfacePercent: 100,
    pagePercent: 100,
    leftSidebarPx: 256,
    rightSidebarPx: 348,
    organizationName: '',
    relayUrl: '',
  };
}

function messageEnd(port: Electron.MessagePortMain): MessageEnd {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }: { data: unknown }) => listener(data));
      port.start();
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
    close: () => port.close(),
  };
}

class StartRefused extends Error {}

/** The one sentence shown when there cannot be a window, in the system's language. */
function startFailure(error: unknown): string {
  const spanish = app.getLocale().startsWith('es');
  if (error instanceof StartRefused && error.message === 'key-locked') {
    return spanish
      ? 'El llavero del sistema no entrega la llave de sus quejas. No se cambió nada. Desbloquéelo y vuelva a abrir Alegato.'
      : 'The system keychain does not give back the key of your complaints. Nothing was changed. Unlock it and start Alegato again.';
  }
  return spanish
    ? 'Alegato no pudo abrir su carpeta de datos. No se cambió nada. Revise que el disco tenga espacio y que la carpeta permita escribir.'
    : 'Alegato could not open its data folder. Nothing was changed. Check that the disk has space and that the folder can be written to.';
}
