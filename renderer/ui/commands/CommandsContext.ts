import { createContext, useContext } from 'react';
import type { CommandId } from './commands.ts';

/** The commands of the open complaint, as they can be run now. */
export interface Commands {
  /** Runs it, or says why not. */
  run(id: CommandId): void;
  /** A sentence why it cannot be run now; null when it can. */
  whyNot(id: CommandId): string | null;
  /** For what is switched on and off: whether it is on; null for other commands. */
  isOn(id: CommandId): boolean | null;
}

export const CommandsContext = createContext<Commands | null>(null);

/** The commands of the open complaint; a bug outside of one. */
export function useCommands(): Commands {
  const commands = useContext(CommandsContext);
  if (!commands) throw new Error('useCommands outside of an open complaint');
  return commands;
}
