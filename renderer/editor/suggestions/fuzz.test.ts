import { describe, expect, it } from 'vitest';
import { runConvergence } from '../testing/runConvergence.ts';

const SEEDS = Array.from({ length: Number(process.env['SUGGESTION_SEEDS'] ?? 12) }, (_, seed) => seed + 1);

describe('[DO11] suggestions of four people at once', () => {
  it.each(SEEDS)('converge, and their answers are those of resolveSuggestions, seed %i', (seed) => {
    const outcome = runConvergence({ seed, peers: 4, operations: 100, suggestions: true });
    expect(outcome.divergence).toBe('none');
    expect(outcome.errors).toBe(0);
  });
});
