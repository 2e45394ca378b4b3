import { frameLogContract } from '../../relay/frameLogContract.ts';
import { MemoryFrameLog } from '../../relay/testing/MemoryFrameLog.ts';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { LogDisk } from './LogDisk.ts';

frameLogContract('MemoryFrameLog on a disk that takes its time', async () => {
  const disk = new LogDisk(new Uint8Array(16).fill(3), new SeededRandom(1));
  let log = new MemoryFrameLog(disk.open());
  return {
    log,
    async reopen() {
      await log.close();
      log = new MemoryFrameLog(disk.open());
      return log;
    },
    close: () => log.close(),
  };
});
