import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Three builds: main (with its workers), preload (CommonJS, because a sandboxed preload cannot be a module), renderer. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: 'electron/main/index.ts',
          'docx-worker': 'electron/services/filing/docx-worker.ts',
          'repair-store': 'electron/services/storage/repair-store.ts',
          'meeting-relay': 'electron/services/meeting/relay-process.ts',
          'mend-log': 'electron/services/meeting/mend-log.ts',
          'passphrase-worker': 'electron/services/storage/passphrase-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'electron/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    // Modules, so that the spell-check's worker loads each dictionary when it is needed.
    worker: { format: 'es' },
    build: {
      outDir: resolve(import.meta.dirname, 'out/renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});
