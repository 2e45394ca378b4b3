import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';

type Change<State> = (state: State) => void;
interface Write<State> {
  change: Change<State>;
  done: () => void;
}

/** One program's hold on a disk; what it writes after the crash of its program reaches nobody. */
export interface DiskHandle<State> {
  /** What is on disk. */
  readonly state: State;
  /** Takes effect in the order of the calls; resolves once it is on disk. */
  write(change: Change<State>): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** A disk that takes its time: writes are grouped, and a crash keeps some first part of what is under way. */
export class DelayedDisk<State> {
  state: State;
  readonly #random: SeededRandom;
  readonly #delaysMs: readonly number[];
  #generation = 0;
  #waiting: Write<State>[] = [];
  #underWay: Write<State>[] = [];
  #writing: Promise<void> | null = null;

  constructor(state: State, random: SeededRandom, delaysMs: readonly number[] = [1, 2, 5, 5, 20, 60]) {
    this.state = state;
    this.#random = random;
    this.#delaysMs = delaysMs;
  }

  open(): DiskHandle<State> {
    const disk = this;
    const generation = ++this.#generation;
    return {
      get state() {
        return disk.state;
      },
      write: (change) => (generation === disk.#generation ? disk.#write(change) : Promise.resolve()),
      async settled() {
        while (generation === disk.#generation && disk.#writing) await disk.#writing;
      },
    };
  }

  /** The program is gone: of what was under way a first part is on disk. */
  crash(): void {
    this.#generation++;
    const lost = [...this.#underWay, ...this.#waiting];
    for (const { change } of lost.slice(0, this.#random.below(lost.length + 1))) change(this.state);
    // promises of a program that is no more: settled, so that nothing of it waits in memory
    for (const { done } of lost) done();
    this.#underWay = [];
    this.#waiting = [];
    this.#writing = null;
  }

  #write(change: Change<State>): Promise<void> {
    const done = new Promise<void>((resolve) => this.#waiting.push({ change, done: resolve }));
    this.#writing ??= this.#writeGroups(this.#generation);
    return done;
  }

  async #writeGroups(generation: number): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#underWay = this.#waiting;
      this.#waiting = [];
      const delayMs = this.#random.pick(this.#delaysMs);
      await new Promise<void>((resolve) => setTimeout(resolve, delayMs));
      if (generation !== this.#generation) return;
      for (const { change } of this.#underWay) change(this.state);
      for (const { done } of this.#underWay) done();
      this.#underWay = [];
    }
    this.#writing = null;
  }
}
