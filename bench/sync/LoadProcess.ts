import { mkdir } from 'node:fs/promises';
import { ChildNode } from './ChildNode.ts';
import type { LoadCalls } from './LoadCalls.ts';

/** A child process that plays some of the people; what it can do is `LoadCalls`. */
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
    const child = new ChildNode({ file: scripts.load, probeFile: scripts.probe, ...options });
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
