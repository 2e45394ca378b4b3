import type { UtilityProcessPort } from './RelayProcess.ts';
import { serveMeeting } from './serveMeeting.ts';

/** Start of the process of its own in which a meeting's relay runs: a busy relay must not slow what somebody types. */
const { parentPort } = process as unknown as { parentPort: UtilityProcessPort };
serveMeeting({
  report: (report) => parentPort.postMessage(report),
  onOrder: (listener) => parentPort.on('message', ({ data }) => listener(data)),
  end: () => setImmediate(() => process.exit(0)), // behind the last report
});
