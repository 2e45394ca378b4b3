import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { LANGUAGES, type Settings } from '../../../shared/ipc/contract.ts';
import { atomicWrite } from './atomicWrite.ts';

const schema = z.object({ language: z.enum(LANGUAGES), theme: z.enum(['system', 'light', 'dark']) });
export type Appearance = Pick<Settings, 'language' | 'theme'>;

/**
 * Language and colors in clear, for the screen that asks for the passphrase: the settings are sealed until then. Nothing
 * else may go in here.
 */
export async function readAppearance(path: string): Promise<Partial<Appearance>> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    // Missing or damaged: the screen speaks the system's language.
    return {};
  }
}

export async function writeAppearance(path: string, { language, theme }: Appearance): Promise<void> {
  const text = JSON.stringify({ language, theme });
  const before = await readFile(path, 'utf8').catch(() => null);
  if (before !== text) await atomicWrite(path, Buffer.from(text));
}
