import { mkdir } from 'node:fs/promises';
import type { Scripts } from './buildScripts.ts';
import { ChildNode } from './ChildNode.ts';
import type { SyncSystem } from './SyncSystem.ts';
import { createSealedRoom } from './sealedRoom.ts';

/** All people of a run come from one address, and neither peer limits that. */
const ONE_ADDRESS = ['--max-address-connections', '2000', '--address-rate', '10000'];

/** Alegato's relay as `npm run relay` starts it, bundled. Everything the bench knows of it is in this file. */
export function sealedSystem(scripts: Scripts, nodeFlags: readonly string[] = []): SyncSystem {
  return {
    name: 'alegato',
    title: 'Alegato',
    createRoom: createSealedRoom,
    async startServer(folder) {
      await mkdir(folder, { recursive: true });
      const child = new ChildNode({
        file: scripts.relay,
        args: ['--host', '127.0.0.1', '--port', '0', '--data', folder, '--admin-port', '0', ...ONE_ADDRESS],
        probeFile: scripts.probe,
        nodeFlags,
      });
      const [, url = ''] = await child.ready(/listening on (ws:\S+)/);
      return { url, child, folder };
    },
  };
}
