import type { FindApi } from './FindApi.ts';
import type { RedlineApi } from './RedlineApi.ts';

/** What the editor offers beside writing; each part stands for itself. */
export interface EditorTools {
  readonly find: FindApi;
  readonly redline: RedlineApi;
}
