import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface AdminServerOptions {
  host: string;
  port: number;
  /** Another port when this one is taken. */
  orAnyPort?: boolean;
  isAccepting(): boolean;
  metrics(): string;
  /** What opens `/backup`. */
  token: string;
  backup: (() => AsyncIterable<Uint8Array>) | null;
}

export interface AdminServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * For the operator, on a port of its own: `/health` (200 or 503), `/metrics` (Prometheus' text format), and `/backup`
 * for who can read the control file. Counts only; the sealed records leave through `/backup` alone.
 */
export async function openAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const server = createServer({ maxHeaderSize: 8 * 1024, headersTimeout: 5_000, requestTimeout: 5_000 });
  server.maxConnections = 64;
  server.on('request', (request, response) => {
    answer(request, response, options).catch(() => response.destroy()); // cut off: who reads it sees an incomplete body
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    async close() {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await stopped;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: AdminServerOptions): Promise<void> {
  const text = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  };
  if (request.method !== 'GET') return text(405, 'GET only\n');
  switch (request.url) {
    case '/health':
      return options.isAccepting() ? text(200, 'ok\n') : text(503, 'not accepting\n');
    case '/metrics':
      return text(200, options.metrics(), 'text/plain; version=0.0.4; charset=utf-8');
    case '/backup':
      if (!options.backup) return text(404, 'not here\n');
      if (!showsToken(request, options.token)) return text(401, 'the token is in the control file\n');
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      return pipeline(Readable.from(options.backup()), response);
    default:
      return text(404, 'not here\n');
  }
}

function showsToken(request: IncomingMessage, token: string): boolean {
  const shown = Buffer.from(request.headers.authorization ?? '');
  const asked = Buffer.from(`Bearer ${token}`);
  return shown.length === asked.length && timingSafeEqual(shown, asked);
}

async function listen(server: Server, { host, port, orAnyPort }: AdminServerOptions): Promise<void> {
  const at = (tried: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(tried, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await at(port);
  } catch (error) {
    if (!orAnyPort || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await at(0);
  }
}
