// Child processes with a time limit. Every child still running when this process ends is ended by its id.
import { spawn } from 'node:child_process';
import { root } from './places.mjs';

const running = new Set();

function endAll(signal) {
  for (const child of running) endGroup(child, signal);
}

function endGroup(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    if (child.ownGroup) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

process.on('exit', () => endAll('SIGKILL'));
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => {
    endAll(signal);
    setTimeout(() => process.exit(code), 3000).unref();
    const timer = setInterval(() => running.size === 0 && process.exit(code), 50);
    timer.unref();
  });
}

/**
 * Starts a program and resolves with `{code, output, timedOut}` when it has ended; never rejects for a failing
 * program, and gives code 127 when it cannot be started. `show`: 'all' passes its output through, 'none' collects
 * it, 'both' does both. With `limitMs`, a program that runs longer is ended together with what it started.
 */
export function run(program, args, { show = 'all', limitMs, env, cwd = root } = {}) {
  return new Promise((done) => {
    const ownGroup = limitMs !== undefined && process.platform !== 'win32';
    const stdio = show === 'all' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(program, args, { cwd, stdio, detached: ownGroup, env: { ...process.env, ...env } });
    child.ownGroup = ownGroup;
    running.add(child);
    let output = '';
    let timedOut = false;
    for (const [stream, sink] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (show === 'both') sink.write(text);
      });
    }
    const limit =
      limitMs &&
      setTimeout(() => {
        timedOut = true;
        endGroup(child, 'SIGTERM');
        setTimeout(() => endGroup(child, 'SIGKILL'), 3000).unref();
      }, limitMs);
    const end = (code) => {
      clearTimeout(limit);
      running.delete(child);
      done({ code, output, timedOut });
    };
    child.once('error', (error) => {
      output += String(error.message);
      end(127);
    });
    child.once('close', (code) => end(timedOut ? 124 : (code ?? 1)));
  });
}

/** Starts a program that goes on beside this one and is ended with it. */
export function start(program, args, { env, stdio = 'inherit', cwd = root } = {}) {
  const child = spawn(program, args, { cwd, stdio, env: { ...process.env, ...env } });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends a program begun with `start` and resolves when it is gone. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('close', done));
  endGroup(child, 'SIGTERM');
  const force = setTimeout(() => endGroup(child, 'SIGKILL'), 3000);
  await gone;
  clearTimeout(force);
}
