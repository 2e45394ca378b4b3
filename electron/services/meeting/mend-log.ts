import { mendLogAndEnd } from '../../../relay/mendLog.ts';

/** Start of the process of its own in which the damaged records of a meeting are mended: it may be ended by LevelDB. */
await mendLogAndEnd(process.argv.slice(2));
