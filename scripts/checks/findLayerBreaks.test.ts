import { describe, expect, it } from 'vitest';
import { findHomelessFiles, findLayerBreaks, formatLayerTable } from './findLayerBreaks.ts';
import { withPlantedTree } from './plantTree.ts';
import { readImports, readSourceFiles } from './readImports.ts';

/** The sentences about one file with the given text, standing at `path`. */
function breaksOf(path: string, text: string): string[] {
  return withPlantedTree({ [path]: text }, (root) => findLayerBreaks(readImports(root, [path])));
}

const FORBIDDEN: readonly (readonly [title: string, path: string, text: string])[] = [
  ['a built-in module in shared', 'shared/domain/a.ts', "import { readFile } from 'node:fs/promises';"],
  ['a built-in module without its prefix in shared', 'shared/sync/a.ts', "import fs from 'fs';"],
  ['Electron in shared', 'shared/ipc/a.ts', "import { app } from 'electron';"],
  ['React in shared', 'shared/filing/a.ts', "import { useState } from 'react';"],
  ['the docx library outside of shared/docx', 'shared/filing/a.ts', "import { Document } from 'docx';"],
  ['an outer layer in shared/domain', 'shared/domain/a.ts', "import { seal } from '../crypto/seal.ts';"],
  ['the platform in shared', 'shared/crypto/a.ts', "import { seal } from '../../electron/services/seal.ts';"],
  [
    'main in the renderer',
    'renderer/app/a.ts',
    "import { Library } from '../../electron/services/library/Library.ts';",
  ],
  [
    'main in the renderer, types alone',
    'renderer/ui/a.ts',
    "import type { Library } from '../../electron/services/library/Library.ts';",
  ],
  ['the renderer in main', 'electron/main/a.ts', "export { App } from '../../renderer/app/App.tsx';"],
  ['Electron in the renderer', 'renderer/ui/a.ts', "import { ipcRenderer } from 'electron';"],
  ['a built-in module in the renderer', 'renderer/editor/a.ts', "const fs = await import('node:fs');"],
  ['a built-in module in the preload', 'electron/preload/a.ts', "import { join } from 'node:path';"],
  ['a service in the preload', 'electron/preload/a.ts', "import { Library } from '../services/library/Library.ts';"],
  [
    'one feature in another',
    'renderer/features/claims/a.tsx',
    "import { ExhibitRow } from '../exhibits/ExhibitRow.tsx';",
  ],
  [
    'one feature in another, as the type of an import',
    'renderer/features/claims/a.ts',
    "export type Row = import('../exhibits/Row.ts').Row;",
  ],
  ['the shell in a feature', 'renderer/features/claims/a.ts', "import { App } from '../../app/App.tsx';"],
  ['a feature in the editor', 'renderer/editor/a.ts', "import { Row } from '../features/claims/Row.tsx';"],
  ['filing in the relay', 'relay/a.ts', "import { buildFiling } from '../shared/filing/buildFiling.ts';"],
  ['ipc in the relay', 'relay/a.ts', "import { channels } from '../shared/ipc/contract.ts';"],
  ['main in the relay', 'relay/a.ts', "import { Replica } from '../electron/services/replica/Replica.ts';"],
  ['the readable document in the relay', 'relay/a.ts', "import * as Y from 'yjs';"],
  ['the relay in main', 'electron/main/a.ts', "import { Relay } from '../../relay/Relay.ts';"],
  [
    'what runs the relay in the rest of main',
    'electron/main/b.ts',
    "import { serveMeeting } from '../services/meeting/serveMeeting.ts';",
  ],
  ['a test in a product file', 'shared/domain/a.ts', "import { seeds } from './b.test.ts';"],
  [
    'one feature in the test of another',
    'renderer/features/claims/a.test.ts',
    "import { Row } from '../exhibits/Row.ts';",
  ],
  [
    'main in the test of a renderer file',
    'renderer/ui/a.test.ts',
    "import { Library } from '../../electron/services/library/Library.ts';",
  ],
  ['tools in a product file', 'electron/main/a.ts', "import { run } from '../../scripts/demo/run.ts';"],
];

const ALLOWED: readonly (readonly [title: string, path: string, text: string])[] = [
  [
    'the domain in every other part of shared',
    'shared/sync/a.ts',
    "import { id } from '../domain/ids.ts'; import * as Y from 'yjs';",
  ],
  ['a neighbour in the same feature', 'renderer/features/claims/a.ts', "import { b } from './b.ts';"],
  [
    'the contract of the session in a feature',
    'renderer/features/claims/a.ts',
    "import type { S } from '../../app/ComplaintSession.ts';",
  ],
  ['features in the shell', 'renderer/app/a.tsx', "import { Row } from '../features/claims/Row.tsx';"],
  ['the channels on both sides', 'electron/preload/a.ts', "import { channels } from '../../shared/ipc/contract.ts';"],
  [
    'what a relay is made of',
    'relay/a.ts',
    "import { createServer } from 'node:http'; import { WebSocketServer } from 'ws'; import { read } from '../shared/sync/read.ts';",
  ],
  [
    'any package in a test',
    'shared/crypto/a.test.ts',
    "import { ed25519 } from '@noble/curves/ed25519'; import { join } from 'node:path';",
  ],
  [
    'the relay in the process of a meeting',
    'electron/services/meeting/serveMeeting.ts',
    "import { createRelay } from '../../../relay/Relay.ts';",
  ],
  [
    'a relay as the counterpart in a test of main',
    'electron/services/sync/a.test.ts',
    "import { Relay } from '../../../relay/Relay.ts';",
  ],
];

describe('findLayerBreaks', () => {
  it.each(FORBIDDEN)('refuses %s', (_title, path, text) => {
    expect(breaksOf(path, text)).toHaveLength(1);
  });

  it.each(ALLOWED)('allows %s', (_title, path, text) => {
    expect(breaksOf(path, text)).toEqual([]);
  });

  it('names both ends and the reason', () => {
    expect(breaksOf('relay/a.ts', "import { c } from '../shared/ipc/contract.ts';")).toEqual([
      'relay/a.ts imports shared/ipc/contract.ts: relay may not import shared/ipc',
    ]);
  });

  it('ignores imports that only stand in comments and strings', () => {
    expect(
      breaksOf('shared/domain/a.ts', "// import 'electron';\nexport const text = \"import 'electron';\";"),
    ).toEqual([]);
  });

  it('finds files that stand in no layer, and counts the others', () => {
    withPlantedTree({ 'shared/domain/a.ts': '', 'shared/loose.ts': '' }, (root) => {
      const files = readSourceFiles(root, ['shared']);
      expect(findHomelessFiles(files)).toEqual(['shared/loose.ts']);
      expect(formatLayerTable(files).find((line) => line.startsWith('shared/domain'))).toMatch(/ 1 {2}→ nothing$/);
    });
  });
});
