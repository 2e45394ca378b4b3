import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { app, MessageChannelMain, utilityProcess } from 'electron';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import { fail, ok, type Result } from '../../shared/domain/result.ts';
import type { Notice, Settings } from '../../shared/ipc/contract.ts';
import { DOC_PORT_EVENT } from '../../shared/ipc/docPort.ts';
import type { PageMenu } from '../../shared/ipc/menu.ts';
import { CHANNEL_NAMES, createHandlers, type Desktop } from '../ipc/handlers.ts';
import { createMeetingHandlers } from '../ipc/meetingHandlers.ts';
import { createMenuHandlers } from '../ipc/menuHandlers.ts';
import type { RedactedLog } from '../ipc/RedactedLog.ts';
import type { Handlers } from '../ipc/registrar.ts';
import { createSecurityHandlers, type SecurityDesktop } from '../ipc/securityHandlers.ts';
import { BackupFolderFile } from '../services/backup/BackupFolderFile.ts';
import { Backups } from '../services/backup/Backups.ts';
import { finishRestore } from '../services/backup/pendingRestore.ts';
import { restoreLibrary } from '../services/backup/restoreLibrary.ts';
import { openRoomLink } from '../services/complaint/openRoomLink.ts';
import { WindowSessions } from '../services/complaint/WindowSessions.ts';
import { Library } from '../services/library/Library.ts';
import { MeetingRelay } from '../services/meeting/MeetingRelay.ts';
import type { MessageEnd } from '../services/replica/DocPort.ts';
import { type Appearance, readAppearance, writeAppearance } from '../services/storage/AppearanceFile.ts';
import type { Keychain } from '../services/storage/LibraryKey.ts';
import { LibraryLock } from '../services/storage/LibraryLock.ts';
import { PASSPHRASE_COST, type PassphraseKdf, workerKdf } from '../services/storage/PassphraseKdf.ts';
import { Sealer } from '../services/storage/Sealer.ts';
import { SettingsFile } from '../services/storage/SettingsFile.ts';
import { Vault } from '../services/storage/Vault.ts';
import { forkMeetingRelay, forkMendLog } from './forkMeetingRelay.ts';
import type { MainWindows } from './MainWindows.ts';

const FIRST_BACKUP_MS = 120_000;
const SAMPLE_TITLE = { en: 'Sample complaint', es: 'Denuncia de ejemplo' } as const;

export interface LibraryHostOptions {
  /** Folder of everything this person's program keeps. */
  profile: string;
  ciphers: Ciphers;
  keychain: Keychain | null;
  windows: MainWindows;
  desktop: Desktop & SecurityDesktop;
  log: RedactedLog;
  /** Language, colors or anything else of the settings changed, or other settings are in force. */
  onSettings: (settings: Settings) => void;
  /** The page of a window says what its menus hold. */
  onMenus: (windowId: number, menus: readonly PageMenu[]) => void;
}
interface OpenedLibrary {
  lock: LibraryLock;
  settings: SettingsFile;
  library: Library;
  sessions: WindowSessions;
  backups: Backups;
  meeting: MeetingRelay;
  handlers: Handlers;
}

/**
 * The one library of this program through its states: locked, open, exchanged for a restored one. What depends on an
 * open library is made anew each time; while it is locked every channel that needs it says so.
 */
export class LibraryHost {
  readonly #options: LibraryHostOptions;
  readonly #kdf: PassphraseKdf;
  readonly #security: ReturnType<typeof createSecurityHandlers>;
  readonly #locked: Handlers;
  readonly #menu: ReturnType<typeof createMenuHandlers>;
  #vault: Vault;
  #appearance: Partial<Appearance>;
  #opened: OpenedLibrary | null = null;

  private constructor(options: LibraryHostOptions, vault: Vault, kdf: PassphraseKdf, appearance: Partial<Appearance>) {
    this.#options = options;
    this.#vault = vault;
    this.#kdf = kdf;
    this.#appearance = appearance;
    this.#security = createSecurityHandlers({
      ciphers: options.ciphers,
      kdf,
      desktop: options.desktop,
      vault: () => this.#vault,
      current: () => this.#opened,
      onUnlocked: () => this.#openNow(),
      lock: () => this.#lock(),
      restoreLibrary: (path, rootKey, sameKey, signal) => this.#restore(path, rootKey, sameKey, signal),
      onVault: () => options.windows.emit('vault/changed', this.#vault.state),
      onProgress: (progress) => options.windows.emit('backup/progress', progress),
    });
    this.#menu = createMenuHandlers(options.onMenus);
    this.#locked = this.#lockedHandlers();
  }

  /**
   * Finishes what a crash left of a restore, reads the key, and opens the library if no person is needed for it.
   * 'library-in-use': another program has it.
   */
  static async start(options: LibraryHostOptions): Promise<Result<LibraryHost, { code: 'library-in-use' }>> {
    const { profile } = options;
    const claim = await LibraryLock.take(join(profile, 'library'));
    if (!claim.ok) return claim;
    await claim.value.release();
    await finishRestore(profile);
    const kdf = workerKdf(join(import.meta.dirname, 'passphrase-worker.js'));
    const vault = await openVault(options, kdf);
    const host = new LibraryHost(options, vault, kdf, await readAppearance(join(profile, 'appearance.json')));
    if (vault.root) await host.#openNow();
    return ok(host);
  }

  /** Every channel, as it answers now. */
  get handlers(): Handlers {
    return { ...(this.#opened?.handlers ?? this.#locked), ...this.#security, ...this.#menu };
  }

  /** Of the open library; while it is locked, language and colors as last seen. */
  get settings(): Settings {
    return this.#opened?.settings.read() ?? { ...defaultSettings(), ...this.#appearance };
  }

  async closeWindow(windowId: number): Promise<void> {
    await this.#opened?.sessions.closeWindow(windowId);
  }

  /** Everything durable, every complaint closed. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    if (!opened) return;
    await opened.backups.close();
    await opened.library.closeAll();
    await opened.meeting.stop();
    await opened.lock.release();
  }

  async #openNow(): Promise<void> {
    const rootKey = this.#vault.root;
    if (this.#opened || !rootKey) return;
    const { profile, ciphers, windows, desktop, log } = this.#options;
    const root = new Sealer(ciphers, rootKey);
    const path = join(profile, 'library');
    const lock = await LibraryLock.take(path);
    if (!lock.ok) throw new Error(lock.error.code);
    const settings = await SettingsFile.open(join(profile, 'settings'), root.derive('settings'), this.settings);
    const library = await Library.open({
      path,
      root,
      ciphers,
      openRoomLink,
      samplePath: join(app.getAppPath(), 'resources/sample'),
      repairStore: (folder) =>
        new Promise((resolve) => {
          const child = utilityProcess.fork(join(import.meta.dirname, 'repair-store.js'), [folder]);
          child.once('exit', (code) => resolve(code === 0));
        }),
      onStatus: (status) => windows.emit('complaint/status', status, sessions.windowsOf(status.complaintId)),
      onNotice: (complaintId, notice) => {
        // While it is being opened no window has it yet, and the sentence is for whoever opens it.
        const ids = sessions.windowsOf(complaintId);
        windows.emit('notice', notice, ids.length > 0 ? ids : undefined);
      },
      onTransfer: (event) => windows.emit('exhibits/transfer', event, sessions.windowsOf(event.complaintId)),
      onFiles: (event) => windows.emit('exhibits/files', event, sessions.windowsOf(event.complaintId)),
      onChanged: () => windows.emit('library/changed', null),
      onMembers: (complaintId) => windows.emit('members/changed', { complaintId }, sessions.windowsOf(complaintId)),
      onRebuild: (complaintId) => void reopen(complaintId).catch(() => log.write('reopen-failed')),
      onJoin: (event) => windows.emit('joins/changed', event),
      onCode: (code) => log.write(code),
    });
    const sessions: WindowSessions = new WindowSessions(library, (windowId, complaintId) => {
      const contents = windows.contents(windowId);
      if (!contents) return null;
      const { port1, port2 } = new MessageChannelMain();
      contents.postMessage(DOC_PORT_EVENT, { complaintId }, [port2]);
      return messageEnd(port1);
    });
    const reopen = async (complaintId: string): Promise<void> => {
      const ids = sessions.windowsOf(complaintId);
      // Also when it did not close well: the windows wait for a new port with what was typed meanwhile.
      await sessions.reopen(complaintId).finally(() => windows.emit('complaint/rebuilt', { complaintId }, ids));
    };
    const backups = new Backups({
      library,
      root,
      ciphers,
      settingsPath: join(profile, 'settings'),
      folderFile: await BackupFolderFile.open(join(profile, 'backup-settings'), root, `${profile}-backups`),
      portableKeys: () => this.#vault.portableKeys,
      nowMs: () => Date.now(),
      onChanged: (state) => windows.emit('backup/changed', state),
      onProgress: (progress) => windows.emit('backup/progress', progress),
      onCode: (code) => log.write(code),
    });
    const meeting = await MeetingRelay.open({
      folder: join(profile, 'meeting'),
      fork: forkMeetingRelay,
      mend: forkMendLog,
      interfaces: networkInterfaces,
      onChanged: (state) => windows.emit('meeting/changed', state),
    });
    const handlers = createHandlers({
      library,
      sessions,
      settings,
      desktop,
      reopen,
      docxWorkerPath: join(import.meta.dirname, 'docx-worker.js'),
      passphraseFirst: () => this.#vault.state.unprotected,
      onSettings: () => this.#settingsChanged(),
    });
    this.#opened = {
      lock: lock.value,
      settings,
      library,
      sessions,
      backups,
      meeting,
      handlers: { ...handlers, ...createMeetingHandlers(meeting) } as Handlers,
    };
    this.#settingsChanged();
    if ((await library.list()).length === 0) {
      const { language, organizationName } = settings.read();
      await library.create(SAMPLE_TITLE[language], 'sample', organizationName);
    }
    backups.schedule(FIRST_BACKUP_MS);
  }

  async #lock(): Promise<void> {
    await this.close();
    this.#vault.lock();
    this.#restartPages();
  }

  async #restore(
    path: string,
    rootKey: Uint8Array,
    sameKey: boolean,
    signal: AbortSignal,
  ): Promise<Result<null, Notice>> {
    const { profile, ciphers, windows } = this.#options;
    const built = await restoreLibrary({
      profile,
      path,
      rootKey: rootKey.slice(),
      sameKey,
      ciphers,
      signal,
      onStep: (done) => windows.emit('backup/progress', { phase: 'restoring', done, total: 0 }),
    });
    if (!built.ok) return built;
    await this.close();
    await finishRestore(profile);
    const vault = await openVault(this.#options, this.#kdf);
    if (!vault.root) vault.openWith(rootKey);
    this.#vault = vault;
    await this.#openNow();
    this.#restartPages();
    return ok(null);
  }

  /** Whatever a page shows belongs to a library that is no longer open. */
  #restartPages(): void {
    this.#options.onSettings(this.settings);
    this.#options.windows.reload();
  }

  #settingsChanged(): void {
    const { settings } = this;
    this.#appearance = { language: settings.language, theme: settings.theme };
    writeAppearance(join(this.#options.profile, 'appearance.json'), settings).catch(() =>
      this.#options.log.write('appearance-not-written'),
    );
    this.#options.onSettings(settings);
  }

  #lockedHandlers(): Handlers {
    const refuse = async () => fail({ code: 'library-locked' } as const);
    const handlers: Record<string, unknown> = Object.fromEntries(CHANNEL_NAMES.map((channel) => [channel, refuse]));
    const own: Pick<Handlers, 'app/info' | 'settings/read' | 'settings/write'> = {
      'app/info': async () => ok({ ...this.#options.desktop.info, sampleId: null }),
      'settings/read': async () => ok(this.settings),
      'settings/write': async ({ language, theme }) => {
        if (language) this.#appearance.language = language;
        if (theme) this.#appearance.theme = theme;
        this.#settingsChanged();
        return ok(this.settings);
      },
    };
    return { ...handlers, ...own } as Handlers;
  }
}

function openVault({ profile, ciphers, keychain }: LibraryHostOptions, kdf: PassphraseKdf): Promise<Vault> {
  return Vault.open({ folder: profile, ciphers, keychain, kdf, cost: PASSPHRASE_COST, nowMs: () => Date.now() });
}

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
    typing: true,
    spelling: true,
    formattingMarks: false,
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
