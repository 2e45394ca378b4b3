// Reads the command's name, runs it, and turns an expected failure into a sentence and an exit code.
import { commands } from './commands.mjs';
import { Stop } from './say.mjs';

/** Runs `[name, ...flags]` and ends the process with the command's code (2: something must be installed by hand). */
export async function launch([name, ...flags]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : null;
  if (command === null) {
    console.error(`Commands: ${Object.keys(commands).join(', ')}.`);
    process.exit(1);
  }
  try {
    process.exit(await command(flags));
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(`\n${error.message}`);
    process.exit(error.code);
  }
}
