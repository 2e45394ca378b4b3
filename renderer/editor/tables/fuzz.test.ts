import { describe, expect, it } from 'vitest';
import { runConvergence } from '../testing/runConvergence.ts';

const [FROM, COUNT] = (process.env['TABLE_SEEDS'] ?? '1,4').split(',').map(Number) as [number, number];

describe('tables in the convergence fuzz', () => {
  it.each(Array.from({ length: COUNT }, (_, at) => FROM + at))('live editor = reload = every peer, seed %i', (seed) => {
    const outcome = runConvergence({ seed, peers: 4, operations: 100, tables: true });
    expect(outcome.divergence).toBe('none');
    expect(outcome.lastError).toBeNull();
    expect(outcome.errors).toBe(0);
  });
});
