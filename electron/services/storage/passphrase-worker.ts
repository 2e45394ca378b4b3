import { parentPort, workerData } from 'node:worker_threads';
import { directKdf, type PassphraseRequest } from './PassphraseKdf.ts';

/** Worker: one passphrase in, one key out, then it ends. */
const { passphrase, salt, cost } = workerData as PassphraseRequest;
parentPort?.postMessage(await directKdf.derive(passphrase, salt, cost));
