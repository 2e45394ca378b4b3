import { ClassicLevel } from 'classic-level';

/**
 * A process of its own that has LevelDB build a store anew and ends with 0 when it opens afterwards: on some damage
 * LevelDB ends the process it runs in. The folder is the last argument.
 */
const folder = process.argv.at(-1) ?? '';
try {
  await ClassicLevel.repair(folder);
  const db = new ClassicLevel(folder, { createIfMissing: false });
  await db.open();
  for await (const name of db.keys()) if (name === '') break;
  await db.close();
  process.exit(0);
} catch {
  // The number is all that is asked for; the caller keeps the damaged copy.
  process.exit(1);
}
