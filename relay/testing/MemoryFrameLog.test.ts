import { frameLogContract } from '../frameLogContract.ts';
import { GroupedDisk, MemoryFrameLog, SurveyedMemoryFrameLog } from './MemoryFrameLog.ts';

for (const Log of [MemoryFrameLog, SurveyedMemoryFrameLog])
  frameLogContract(Log.name, async () => {
    let disk = new GroupedDisk();
    let log = new Log(disk);
    return {
      log,
      async reopen() {
        await log.close();
        disk = disk.reopen();
        return (log = new Log(disk));
      },
      close: () => log.close(),
    };
  });
