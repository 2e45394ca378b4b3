import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Filled, HeldRoom, healHeldRoom } from './HeldRoom.ts';

type Healed = Awaited<ReturnType<typeof healHeldRoom>>;

/** Damage may end the process that reads it: `healHeldRoom` as the relay of an operator whose system starts it again. */
export class Healer {
  /** How often its process ended by itself. */
  deaths = 0;
  readonly #held: HeldRoom;
  readonly #filled: Filled;
  #child: ChildProcess | null = null;

  constructor(held: HeldRoom, filled: Filled) {
    this.#held = held;
    this.#filled = filled;
  }

  /** Rejects when not all is well afterwards, or when it took more starts than it should. */
  async heal(maxStarts = 3): Promise<Healed> {
    for (let start = 1; start <= maxStarts; start++) {
      const answer = await this.#ask();
      if (answer === null) this.deaths++;
      else if (typeof answer === 'string') throw new Error(answer);
      else return answer;
    }
    throw new Error('its process ends again and again');
  }

  close(): void {
    this.#child?.disconnect();
  }

  /** Null when the process ended. */
  #ask(): Promise<Healed | string | null> {
    const child = (this.#child ??= this.#start());
    return new Promise((resolve) => {
      const onExit = (): void => {
        this.#child = null;
        resolve(null);
      };
      child.once('exit', onExit);
      child.once('message', (answer) => {
        child.off('exit', onExit);
        resolve(answer as Healed | string);
      });
      child.send('heal');
    });
  }

  #start(): ChildProcess {
    const child = fork(path.join(import.meta.dirname, 'healing-process.ts'), {
      cwd: import.meta.dirname,
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.send([this.#held, this.#filled]);
    return child;
  }
}
