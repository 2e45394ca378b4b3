import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';

/** A process of this command that answers one call at a time. */
export interface CalledProcess<Calls extends object> {
  call<Name extends keyof Calls & string>(name: Name, given: CallInput<Calls, Name>): Promise<CallOutput<Calls, Name>>;
  end(): Promise<void>;
}
export type CallInput<Calls, Name extends keyof Calls> = Calls[Name] extends (given: infer Given) => unknown
  ? Given
  : never;
export type CallOutput<Calls, Name extends keyof Calls> = Calls[Name] extends (given: never) => Promise<infer Output>
  ? Output
  : never;

/** Starts `file` under tsx. `gently` leaves the processor to the others: an attacker's own computer is not the relay's. */
export function startProcess<Calls extends object>(file: string, { gently = false } = {}): CalledProcess<Calls> {
  const child: ChildProcess = fork(file, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  if (gently && child.pid !== undefined) setPriority(child.pid, 19);
  let ended = false;
  const exit = new Promise<void>((resolve) =>
    child.once('exit', () => {
      ended = true;
      resolve();
    }),
  );
  return {
    call(name, given) {
      return new Promise((resolve, reject) => {
        if (ended) return reject(new Error(`The process of ${name} has ended.`));
        const gone = (): void => reject(new Error(`The process ended during ${name}.`));
        child.once('exit', gone);
        child.once('message', (answer: { value?: never; error?: string }) => {
          child.off('exit', gone);
          if (answer.error !== undefined) reject(new Error(answer.error));
          else resolve(answer.value as never);
        });
        child.send({ name, given });
      });
    },
    async end() {
      if (!ended) child.kill('SIGTERM');
      await exit;
    },
  };
}

/** Answers the calls of the process that started this one. */
export function answerCalls(calls: object): void {
  const table = calls as Record<string, (given: unknown) => Promise<unknown>>;
  process.on('message', ({ name, given }: { name: string; given: unknown }) => {
    const answer = table[name];
    if (!answer) throw new Error(`Nothing answers to ${name}.`);
    answer(given).then(
      (value) => process.send?.({ value }),
      (error: Error) => process.send?.({ error: error.stack ?? error.message }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
