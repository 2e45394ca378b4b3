import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { OpenClient } from './SyncClient.ts';

/** Hocuspocus' own provider, one socket a client as in separate programs. */
export const openHocuspocusClient: OpenClient = async ({ url, room }, onDoc) => {
  const doc = new Y.Doc();
  onDoc?.(doc);
  const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket });
  let tellSynced: () => void = () => {};
  const synced = new Promise<void>((resolve) => {
    tellSynced = resolve;
  });
  const provider = new HocuspocusProvider({
    websocketProvider,
    name: String(room),
    document: doc,
    onSynced: () => tellSynced(),
  });
  provider.attach();
  await synced;
  return {
    doc,
    text: doc.getText('t'),
    show: (state) => provider.awareness?.setLocalState(state),
    unacknowledged: () => null,
    compact: async () => false,
    async close() {
      provider.destroy();
      websocketProvider.destroy();
      doc.destroy();
    },
  };
};
