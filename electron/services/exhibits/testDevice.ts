import { join } from 'node:path';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { Events } from '../../../shared/ipc/contract.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { Sealer } from '../storage/Sealer.ts';
import { type BlobRoom, BlobTransfers } from './BlobTransfers.ts';
import { ExhibitFiles } from './ExhibitFiles.ts';

/** For tests: the exhibit files of one device, in a folder that a later run may open again. */
export interface TestDevice {
  files: ExhibitFiles;
  transfers: BlobTransfers;
  blobsPath: string;
  close(): Promise<void>;
}

export async function openTestDevice(options: {
  ciphers: Ciphers;
  folder: string;
  number: number;
  room: () => BlobRoom | null;
  wanted: readonly string[];
  onTransfer?: (event: Pick<Events['exhibits/transfer'], 'received' | 'total'>) => void;
}): Promise<TestDevice> {
  const { ciphers, folder, number, wanted } = options;
  const sealer = new Sealer(ciphers, new Uint8Array(32).fill(number));
  const opened = await ComplaintStore.open(join(folder, 'db'), sealer.derive('store'), true);
  if (!opened.ok) throw new Error(opened.error.code);
  const paths = { blobsPath: join(folder, 'blobs'), store: opened.value };
  const transfers = new BlobTransfers({
    ...paths,
    deviceNumber: number,
    room: options.room,
    wanted: () => wanted.map((blobId) => ({ blobId, addedBy: 1 })),
    organizations: () => new Map(),
    holders: null,
    onTransfer: options.onTransfer ?? (() => undefined),
    onFiles: () => undefined,
    onNotice: ({ code }) => {
      throw new Error(code);
    },
    retryMs: 20,
  });
  const files = new ExhibitFiles({ ...paths, originalsPath: join(folder, 'originals'), sealer, ciphers, transfers });
  return {
    files,
    transfers,
    blobsPath: paths.blobsPath,
    async close() {
      await files.close();
      await transfers.close();
      await opened.value.close();
    },
  };
}
