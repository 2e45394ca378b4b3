// Asks whether a host answers at all before a download is started, because npm and Electron retry for minutes.
import { connect } from 'node:net';

/** The longest wait for a connection. */
export const CONNECT_LIMIT_MS = 20_000;

/** True when the host of `address` (an http or https URL) accepts a connection within the limit. */
export function reaches(address, limitMs = CONNECT_LIMIT_MS) {
  const { hostname, port, protocol } = new URL(address);
  return new Promise((done) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'https:' ? 443 : 80),
      autoSelectFamily: true,
    });
    const finish = (answer) => {
      clearTimeout(limit);
      socket.destroy();
      done(answer);
    };
    const limit = setTimeout(() => finish(false), limitMs);
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
