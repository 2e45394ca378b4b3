import { mkdir } from 'node:fs/promises';
import { runtimeFromEnvironment } from '../../e2e/fixtures/AlegatoApp.ts';
import { ChildNode } from './ChildNode.ts';
import type { LoadCalls } from './LoadCalls.ts';

/** A child process that plays some of the people, in the runtime that people have; what it can do is `LoadCalls`. */
export class LoadProcess {
  readonly child: ChildNode;
  /** For what its clients keep. */
  readonly folder: string;

  private constructor(child: ChildNode, folder: string) {
    this.child = child;
    this.folder = folder;
  }

  static async start(
    scripts: { load: string; probe: string },
    folder: string,
    options: { lowPriority?: boolean; nodeFlags?: readonly string[] } = {},
  ): Promise<LoadProcess> {
    await mkdir(folder, { recursive: true });
    const { executable } = runtimeFromEnvironment();
    const child = new ChildNode({ executable, file: scripts.load, probeFile: scripts.probe, ...options });
    await child.ready(/load process ready/);
    return new LoadProcess(child, folder);
  }

  call<Name extends keyof LoadCalls>(
    name: Name,
    input: Parameters<LoadCalls[Name]>[0],
    limitMs?: number,
  ): ReturnType<LoadCalls[Name]> {
    return this.child.call(name, input, limitMs) as ReturnType<LoadCalls[Name]>;
  }
}
