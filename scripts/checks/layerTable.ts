/** One row of the layer table: which files it holds and what they may import. */
export interface Layer {
  readonly name: string;
  /** Matches paths relative to the root; the first row that matches a file is its layer. */
  readonly files: RegExp;
  /** Names of other layers; a layer's own files may always import one another. */
  readonly imports: readonly string[];
  /** Names of packages; `node:*` stands for every built-in module, `*` for every package. */
  readonly packages: readonly string[];
}

const SHARED = [
  'shared/domain',
  'shared/crypto',
  'shared/sync',
  'shared/protect',
  'shared/filing',
  'shared/docx',
  'shared/ipc',
];
const RENDERER_BASE = [
  'renderer contracts',
  'renderer/i18n',
  'renderer/ui',
  ...SHARED.filter((name) => name !== 'shared/docx'),
];
const YJS = ['yjs', 'y-protocols', 'lib0'];
const LEXICAL = [
  'lexical',
  '@lexical/clipboard',
  '@lexical/headless',
  '@lexical/html',
  '@lexical/react',
  '@lexical/rich-text',
  '@lexical/selection',
  '@lexical/yjs',
];
const REACT = ['react', 'react-dom', 'react-i18next', 'i18next'];

function folder(path: string): RegExp {
  return new RegExp(`^${path}/`);
}

function shared(name: string, imports: readonly string[], packages: readonly string[]): Layer {
  return {
    name: `shared/${name}`,
    files: folder(`shared/${name}`),
    imports: imports.map((each) => `shared/${each}`),
    packages,
  };
}

/**
 * The house: `shared` is pure and points inwards; `electron`, `renderer` and `relay` know `shared` and never one
 * another; features of the renderer are strangers. Tests may in addition use every package, all of `shared`, and the
 * relay as a counterpart; what only they use is named `test…` or `…Contract` or lies in a folder `testing`.
 */
export const LAYERS: readonly Layer[] = [
  {
    name: 'tests',
    files: /\.test\.tsx?$|\/test[A-Z]\w*\.ts$|[a-z]Contract\.ts$|\/testing\//,
    imports: [...SHARED, 'relay'],
    packages: ['*'],
  },
  shared('domain', [], ['zod']),
  shared('crypto', ['domain'], ['zod']),
  shared('sync', ['domain', 'crypto'], ['zod', ...YJS]),
  shared('protect', ['domain'], ['zod']),
  shared('filing', ['domain'], ['zod']),
  shared('docx', ['domain', 'filing'], ['docx', 'fflate']),
  shared('ipc', ['domain', 'filing'], ['zod', ...YJS]),
  {
    name: 'relay',
    files: folder('relay'),
    imports: ['shared/domain', 'shared/crypto', 'shared/sync'],
    packages: ['node:*', 'ws', 'classic-level', 'libsodium-wrappers-sumo', 'zod'],
  },
  {
    name: 'electron/preload',
    files: folder('electron/preload'),
    imports: ['shared/domain', 'shared/ipc'],
    packages: ['electron'],
  },
  {
    // what runs in a process of its own when a person hosts a meeting; the rest of the program never loads the relay
    name: 'meeting relay',
    files: /^electron\/services\/meeting\/(?:serveMeeting(?:\.test)?|relay-process|mend-log)\.ts$/,
    imports: ['relay', 'electron', 'shared/ipc'],
    packages: [],
  },
  {
    name: 'electron',
    files: folder('electron'),
    imports: SHARED,
    packages: [
      'node:*',
      'electron',
      'ws',
      'classic-level',
      'libsodium-wrappers-sumo',
      'fflate',
      '@cantoo/pdf-lib',
      'y-websocket',
      'zod',
      ...YJS,
    ],
  },
  {
    name: 'renderer contracts',
    files:
      /^renderer\/(?:app\/ComplaintSession|editor\/(?:EditorApi|EditorTools|FindApi|ImageApi|LinkApi|PageApi|RedlineApi|ReferenceApi|SpellingApi|SuggestionApi|TableApi|ThreadApi))\.ts$/,
    imports: SHARED,
    packages: ['yjs', 'y-protocols', 'lexical'],
  },
  { name: 'renderer/i18n', files: folder('renderer/i18n'), imports: SHARED, packages: REACT },
  {
    name: 'renderer/ui',
    files: folder('renderer/ui'),
    imports: ['renderer contracts', 'renderer/i18n', ...SHARED.filter((name) => name !== 'shared/docx')],
    packages: [...REACT, 'yjs', 'y-protocols', 'zod'],
  },
  {
    name: 'renderer/editor',
    files: folder('renderer/editor'),
    imports: RENDERER_BASE,
    packages: [...REACT, ...LEXICAL, ...YJS, 'nspell'],
  },
  {
    name: 'renderer/features/*',
    files: folder('renderer/features/[^/]+'),
    imports: RENDERER_BASE,
    packages: [...REACT, ...YJS, 'pdfjs-dist', '@cantoo/pdf-lib'],
  },
  {
    name: 'renderer/app',
    files: folder('renderer'),
    imports: ['renderer/editor', 'renderer/features/*', ...RENDERER_BASE],
    packages: [...REACT, ...LEXICAL, ...YJS, '@fontsource-variable/inter', '@fontsource/tinos'],
  },
  { name: 'tools', files: /^(?:scripts|e2e|bench|adversary)\//, imports: ['*'], packages: ['*'] },
];
