import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blobStoreContract } from './blobStoreContract.ts';
import { openFileBlobStore } from './FileBlobStore.ts';

blobStoreContract('FileBlobStore', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'alegato-blobs-'));
  return {
    store: await openFileBlobStore(folder),
    reopen: () => openFileBlobStore(folder),
    close: () => rm(folder, { recursive: true }),
  };
});
