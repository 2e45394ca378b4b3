import { basename } from 'node:path';
import { newId } from '../../../shared/domain/ids.ts';
import type { Response, StagedFile } from '../../../shared/ipc/contract.ts';
import { randomBytes } from '../storage/Sealer.ts';
import { inspectFile } from './inspectFile.ts';

export interface StagedPath extends StagedFile {
  path: string;
  /** Of its content when a window opened it; null before. */
  sha256: string | null;
}

/** Files a person chose or dropped and has not decided about yet. Only names are kept here; nothing is copied. */
export class Staging {
  readonly #files = new Map<string, StagedPath>();

  async stage(paths: readonly string[]): Promise<Response<'exhibits/stage'>> {
    const answer: Response<'exhibits/stage'> = { staged: [], refused: [] };
    for (const path of paths) {
      const fileName = basename(path).slice(0, 255);
      const inspected = await inspectFile(path);
      if (!inspected.ok) {
        answer.refused.push({ fileName, code: inspected.error.code, params: { fileName, ...inspected.error.params } });
        continue;
      }
      const staged: StagedFile = { stagingId: newId(randomBytes), fileName, ...inspected.value };
      this.#files.set(staged.stagingId, { ...staged, path, sha256: null });
      answer.staged.push(staged);
    }
    return answer;
  }

  /** Null when it was discarded or never staged. */
  find(stagingId: string): StagedPath | null {
    return this.#files.get(stagingId) ?? null;
  }

  discard(stagingId: string): void {
    this.#files.delete(stagingId);
  }
}
