import { join } from 'node:path';
import type { AlegatoApp } from '../../e2e/fixtures/AlegatoApp.ts';

/** Says each step, times it, and numbers the screenshots. */
export class DemoSteps {
  /** Step to its time in milliseconds. */
  readonly timesMs: Record<string, number> = {};
  private readonly outDir: string;
  private pictures = 0;

  constructor(outDir: string) {
    this.outDir = outDir;
  }

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    console.log(`  ${name} …`);
    const value = await work();
    const timeMs = Math.round(performance.now() - start);
    this.timesMs[name] = timeMs;
    console.log(`    done in ${(timeMs / 1000).toFixed(1)} s`);
    return value;
  }

  async show(name: string, app: AlegatoApp): Promise<void> {
    this.pictures++;
    await app.screenshot(join(this.outDir, `${String(this.pictures).padStart(2, '0')}-${name}.png`));
  }
}
