import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { frameLogContract } from './frameLogContract.ts';
import { openLevelFrameLog } from './LevelFrameLog.ts';

frameLogContract('LevelFrameLog', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'alegato-log-'));
  let log = await openLevelFrameLog(folder);
  return {
    log,
    async reopen() {
      await log.close();
      return (log = await openLevelFrameLog(folder));
    },
    async close() {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
});
