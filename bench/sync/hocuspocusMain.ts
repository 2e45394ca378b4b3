import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';
import { ClassicLevel } from 'classic-level';

/** A Hocuspocus server with its defaults (it saves 2 to 10 s after a change), its database extension on LevelDB. */
const folder = process.argv[2];
if (!folder) throw new Error('a folder is needed');
const db = new ClassicLevel<string, Uint8Array>(folder, { keyEncoding: 'utf8', valueEncoding: 'view' });
await db.open();
const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => (await db.get(documentName)) ?? null,
      store: ({ documentName, state }) => db.put(documentName, state),
    }),
  ],
});
await server.listen();
console.log(`listening on ws://127.0.0.1:${server.address.port}`);
