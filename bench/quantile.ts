/** The value below which the share `share` (0 to 1) of the values lies, interpolated; NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Cuts a figure to as many decimals as it deserves in a report. */
export function round(value: number, decimals = 2): number {
  return Number(value.toFixed(decimals));
}
