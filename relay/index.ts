import { existsSync, readFileSync } from 'node:fs';
import { restoreBackup } from './backup.ts';
import { formatHelp, parseCommandLine, type RelayCommand } from './commandLine.ts';
import { type BackupFailure, backUp } from './copyCommands.ts';
import { keepHeapSmall } from './keepHeapSmall.ts';
import { mendLogAndEnd } from './mendLog.ts';
import { createRelay } from './Relay.ts';
import { MEND_COMMAND } from './repairLog.ts';
import { describeStartFailure } from './startFailure.ts';

const BACKUP_SENTENCES: Record<BackupFailure['code'], string> = {
  'no-data': 'There are no relay data in that folder. Nothing was written.',
  'relay-without-admin':
    'A relay runs on that folder and was started without an admin port. Nothing was written. Stop it first, or start it with an admin port.',
  'backup-cut-off': 'The relay stopped in the middle. Nothing was kept; please try again.',
  'backup-damaged': 'The copy could not be read back. Nothing was kept; please try again, and look at the disk.',
};

const [first, ...rest] = process.argv.slice(2);
if (first === MEND_COMMAND) await mendLogAndEnd(rest);

const parsed = parseCommandLine(process.argv.slice(2), process.env);
if (parsed.ok) await run(parsed.value);
else {
  console.error(`${parsed.error.message} Nothing was started. --help names every setting.`);
  process.exitCode = 2;
}

async function run(command: RelayCommand): Promise<void> {
  switch (command.name) {
    case 'help':
      return console.log(formatHelp());
    case 'version':
      return console.log(readVersion());
    case 'backup':
      return backup(command);
    case 'restore':
      return restore(command);
    case 'serve':
      return serve(command);
  }
}

async function serve({ options }: Extract<RelayCommand, { name: 'serve' }>): Promise<void> {
  keepHeapSmall();
  try {
    const relay = await createRelay({ ...options, log: (line) => console.log(line) });
    const level = options.logLevel ?? 'info';
    if (level === 'info' || level === 'debug') {
      const text = `relay listening on ${relay.url} with admin on ${relay.adminUrl ?? 'no port'}`;
      const event = { time: new Date().toISOString(), level: 'info', event: 'listening', version: readVersion(), text };
      console.log(JSON.stringify(event));
    }
    const stop = (): void => {
      relay.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    if (process.platform !== 'win32') process.on('SIGHUP', () => void relay.reloadTls());
  } catch (error) {
    console.error(describeStartFailure(error, options.dataDir));
    process.exitCode = 1;
  }
}

async function backup({ dataDir, to }: Extract<RelayCommand, { name: 'backup' }>): Promise<void> {
  try {
    const answer = await backUp(dataDir, to);
    if (!answer.ok) return failWith(BACKUP_SENTENCES[answer.error.code]);
    const { rooms, frames, blobs, sizeBytes } = answer.value;
    console.log(
      `${to}: ${rooms} rooms, ${frames} frames, ${blobs} blobs, ${sizeBytes} bytes, opened and read through.`,
    );
  } catch (error) {
    failWith(
      `The backup could not be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Nothing was kept.`,
    );
  }
}

async function restore({ dataDir, from }: Extract<RelayCommand, { name: 'restore' }>): Promise<void> {
  try {
    const answer = await restoreBackup(from, dataDir);
    if (!answer.ok)
      return failWith(
        answer.error.code === 'folder-not-empty'
          ? `${dataDir} is not empty. Nothing was changed. Move it away, or restore into a new folder.`
          : `${from} is no whole backup. Nothing was changed. Take another one.`,
      );
    const { rooms, frames, blobs } = answer.value;
    console.log(
      `${dataDir}: ${rooms} rooms, ${frames} frames, ${blobs} blobs. What is newer comes back from the devices.`,
    );
  } catch (error) {
    failWith(
      `The backup could not be restored (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Nothing was changed.`,
    );
  }
}

function failWith(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

/** Of the package beside the bundle, or of the project. */
function readVersion(): string {
  const beside = new URL('./package.json', import.meta.url);
  const file = existsSync(beside) ? beside : new URL('../package.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
