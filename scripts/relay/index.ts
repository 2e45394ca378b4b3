import { resolve } from 'node:path';
import { packageRelay } from './packageRelay.ts';

/** `npm run relay:package`: writes `dist/relay`, or another folder given as the first argument. */
const folder = resolve(process.argv[2] ?? 'dist/relay');
await packageRelay(folder);
console.log(`The relay is packaged in ${folder}: npm install --omit=dev there, then node alegato-relay.mjs --help`);
