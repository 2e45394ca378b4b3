import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { OpenClient } from './SyncClient.ts';

/** The stock provider on the stock server, as its README shows it. */
export const openStockClient: OpenClient = async ({ url, room }, onDoc) => {
  const doc = new Y.Doc();
  onDoc?.(doc);
  const provider = new WebsocketProvider(url, String(room), doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  if (!provider.synced)
    await new Promise<void>((resolve) => provider.on('sync', (synced: boolean) => synced && resolve()));
  return {
    doc,
    text: doc.getText('t'),
    show: (state) => provider.awareness.setLocalState(state),
    unacknowledged: () => null,
    compact: async () => false,
    async close() {
      provider.destroy();
      doc.destroy();
    },
  };
};
