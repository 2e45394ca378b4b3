import { frameLogContract } from '../../relay/frameLogContract.ts';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { LogDisk, openMemoryFrameLog } from './MemoryFrameLog.ts';

frameLogContract('MemoryFrameLog', async () => {
  const disk = new LogDisk(new Uint8Array(16).fill(3), new SeededRandom(1));
  let log = openMemoryFrameLog(disk);
  return {
    log,
    async reopen() {
      await log.close();
      log = openMemoryFrameLog(disk);
      return log;
    },
    close: () => log.close(),
  };
});
