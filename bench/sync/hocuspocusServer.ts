import { randomUUID } from 'node:crypto';
import type { Scripts } from './buildScripts.ts';
import { ChildNode } from './ChildNode.ts';
import type { SyncSystem } from './SyncSystem.ts';

/** Hocuspocus with its defaults; documents are kept on disk by `hocuspocusMain.ts`. */
export function hocuspocusSystem(scripts: Scripts): SyncSystem {
  return {
    name: 'hocuspocus',
    title: 'Hocuspocus',
    createRoom: async () => randomUUID(),
    async startServer(folder) {
      const child = new ChildNode({ file: scripts.hocuspocus, args: [folder], probeFile: scripts.probe });
      const [, url = ''] = await child.ready(/listening on (ws:\S+)/);
      return { url, child, folder };
    },
  };
}
