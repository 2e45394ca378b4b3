import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findFreePort } from '../typing/startServer.ts';
import type { Scripts } from './buildScripts.ts';
import { ChildNode } from './ChildNode.ts';
import type { SyncSystem } from './SyncSystem.ts';

/** The stock @y/websocket-server as its own command starts it, keeping documents in LevelDB through y-leveldb. */
export function stockSystem(scripts: Scripts): SyncSystem {
  const file = join(
    dirname(createRequire(import.meta.url).resolve('@y/websocket-server/package.json')),
    'src/server.js',
  );
  return {
    name: 'stock',
    title: 'y-websocket with LevelDB',
    createRoom: async () => randomUUID(),
    async startServer(folder) {
      const port = String(await findFreePort());
      const child = new ChildNode({
        file,
        env: { HOST: '127.0.0.1', PORT: port, YPERSISTENCE: folder },
        probeFile: scripts.probe,
      });
      await child.ready(/running at/);
      return { url: `ws://127.0.0.1:${port}`, child, folder };
    },
  };
}
