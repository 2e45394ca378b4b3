// Whether somebody could see a window here, and a virtual display for when nobody needs to.
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { end, start } from './child.mjs';
import { Stop } from './say.mjs';

const ANSWER_LIMIT_MS = 2000;
const START_LIMIT_MS = 10_000;

/** True when a window would appear on a screen (Linux: a display that answers; elsewhere: not over SSH, not in CI). */
export async function displayIsVisible() {
  if (process.platform !== 'linux') return !process.env.SSH_CONNECTION && !process.env.CI;
  if (process.env.DISPLAY && (await xAnswers(process.env.DISPLAY))) return true;
  return waylandSocket() !== null;
}

/** Flags for a session that has Wayland and no X server. */
export async function displayArgs() {
  if (process.platform !== 'linux' || waylandSocket() === null) return [];
  return process.env.DISPLAY && (await xAnswers(process.env.DISPLAY)) ? [] : ['--ozone-platform=wayland'];
}

function waylandSocket() {
  const { WAYLAND_DISPLAY: name, XDG_RUNTIME_DIR: folder } = process.env;
  if (!name) return null;
  const path = name.startsWith('/') ? name : join(folder ?? '', name);
  return existsSync(path) ? path : null;
}

function xAnswers(display) {
  const match = /^(?<host>.*):(?<number>\d+)(?:\.\d+)?$/.exec(display);
  if (match === null) return false;
  const { host, number } = match.groups;
  const local = host === '' || host === 'unix';
  const target = local ? { path: `/tmp/.X11-unix/X${number}` } : { host, port: 6000 + Number(number) };
  return new Promise((done) => {
    const socket = connect(target);
    const finish = (answer) => {
      clearTimeout(limit);
      socket.destroy();
      done(answer);
    };
    const limit = setTimeout(() => finish(false), ANSWER_LIMIT_MS);
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

/** Only Linux has one; elsewhere windows appear on the screen. */
export const hasVirtualDisplay = process.platform === 'linux';

/** Runs `work(environment)` with a virtual display of its own, which is ended afterwards. */
export async function withVirtualDisplay(work) {
  const server = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  try {
    const number = await readDisplayNumber(server);
    return await work({ DISPLAY: `:${number}`, WAYLAND_DISPLAY: '', DBUS_SESSION_BUS_ADDRESS: '/dev/null' });
  } finally {
    await end(server);
  }
}

function readDisplayNumber(server) {
  return new Promise((done, fail) => {
    const refuse = () => fail(new Stop('The virtual display (Xvfb) did not start.'));
    const limit = setTimeout(refuse, START_LIMIT_MS);
    let text = '';
    server.once('error', refuse);
    server.once('exit', refuse);
    server.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(limit);
      server.off('exit', refuse);
      done(Number(text));
    });
  });
}
