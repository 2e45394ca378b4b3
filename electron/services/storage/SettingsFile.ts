import { readFile } from 'node:fs/promises';
import { type Settings, settingsSchema } from '../../../shared/ipc/contract.ts';
import { atomicWrite } from './atomicWrite.ts';
import type { Sealer } from './Sealer.ts';

const CONTEXT = 'settings-v1';

/** Settings of this profile, sealed on disk (they hold the organization's name and the relay's address). */
export class SettingsFile {
  readonly #path: string;
  readonly #sealer: Sealer;
  #current: Settings;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, sealer: Sealer, current: Settings) {
    this.#path = path;
    this.#sealer = sealer;
    this.#current = current;
  }

  /** A missing, damaged or outdated file gives the defaults field by field; settings are never worth a failed start. */
  static async open(path: string, sealer: Sealer, defaults: Settings): Promise<SettingsFile> {
    let stored: Record<string, unknown> = {};
    try {
      const plain = sealer.open(await readFile(path), CONTEXT);
      if (plain) stored = JSON.parse(new TextDecoder().decode(plain)) as Record<string, unknown>;
    } catch {
      stored = {};
    }
    const merged: Record<string, unknown> = { ...defaults };
    for (const key of Object.keys(settingsSchema.shape) as (keyof Settings)[]) {
      const field = settingsSchema.shape[key].safeParse(stored[key]);
      if (field.success) merged[key] = field.data;
    }
    return new SettingsFile(path, sealer, settingsSchema.parse(merged));
  }

  read(): Settings {
    return this.#current;
  }

  /** Durable when it resolves. Writes follow one another in the order of the calls. */
  async write(fields: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings> {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    this.#current = settingsSchema.parse({ ...this.#current, ...given });
    const bytes = this.#sealer.seal(new TextEncoder().encode(JSON.stringify(this.#current)), CONTEXT);
    // The write before has told its own caller; this one holds its fields as well.
    this.#writing = this.#writing.catch(() => undefined).then(() => atomicWrite(this.#path, bytes));
    await this.#writing;
    return this.#current;
  }
}
