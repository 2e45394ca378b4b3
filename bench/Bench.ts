/** One benchmark: a file of its own beside index.ts, named after what it measures, that exports `bench`. */
export interface Bench {
  /** One sentence: what is set against what. */
  readonly about: string;
  /** Its flags, as the usage text shows them; it refuses others by `parseArgs` before it measures anything. */
  readonly flags?: string;
  /** Measures and returns its figures; throws when it could not measure. A missed target is a figure, not an error. */
  run(flags: readonly string[]): Promise<BenchFigures>;
}

/** What goes into the last line of the output. Every ratio is Alegato divided by the yardstick of the same run. */
export interface BenchFigures {
  readonly name: string;
  readonly ratios: Readonly<Record<string, number>>;
  /** The most a ratio may be; a ratio without a target is for information. A name that ends in `Ms` is a difference. */
  readonly targets: Readonly<Record<string, number>>;
  /** The least a ratio may be, where more is better. */
  readonly floors?: Readonly<Record<string, number>>;
  readonly met: boolean;
  readonly [figure: string]: unknown;
}

/** True when every ratio that has a target is within it; one that could not be measured is not. */
export function meetsTargets(figures: Pick<BenchFigures, 'ratios' | 'targets' | 'floors'>): boolean {
  const { ratios, targets, floors = {} } = figures;
  return (
    Object.entries(targets).every(([name, target]) => (ratios[name] ?? Number.POSITIVE_INFINITY) <= target) &&
    Object.entries(floors).every(([name, floor]) => (ratios[name] ?? Number.NEGATIVE_INFINITY) >= floor)
  );
}
