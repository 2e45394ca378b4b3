import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { whenIdle as WhenIdle } from './whenIdle.ts';

const idle: (() => void)[] = [];
let whenIdle: typeof WhenIdle;
let press: () => void;

// One clock for all: what was told last is remembered from test to test.
beforeAll(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', {
    addEventListener: (_: string, listener: () => void) => {
      press = listener;
    },
  });
  ({ whenIdle } = await import('./whenIdle.ts'));
});
afterAll(() => void vi.useRealTimers());

beforeEach(() => {
  vi.stubGlobal('requestIdleCallback', (run: () => void) => idle.push(run));
  vi.advanceTimersByTime(10_000);
  for (const run of idle.splice(0)) run();
  vi.advanceTimersByTime(10_000);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function createStore() {
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { subscribe, tell: () => [...listeners].forEach((listener) => listener()) };
}

/** As long as nothing is told again, and then idle. */
const rest = (): void => {
  vi.advanceTimersByTime(400);
  for (const run of idle.splice(0)) run();
};

describe('a subscription told when there is nothing else to do', () => {
  it('tells everybody in one go, once for many changes', () => {
    const [store, other] = [createStore(), createStore()];
    const told: string[] = [];
    whenIdle(store.subscribe)(() => told.push('a'));
    whenIdle(other.subscribe)(() => told.push('b'));
    store.tell();
    store.tell();
    other.tell();
    expect(told).toEqual([]);
    expect(idle).toHaveLength(1);
    rest();
    expect(told).toEqual(['a', 'b']);
    other.tell();
    rest();
    expect(told).toEqual(['a', 'b', 'b']);
  });

  it('tells nobody who has left meanwhile, and keeps one function for one subscription', () => {
    const store = createStore();
    const told: string[] = [];
    const leave = whenIdle(store.subscribe)(() => told.push('left'));
    whenIdle(store.subscribe)(() => told.push('stayed'));
    expect(whenIdle(store.subscribe)).toBe(whenIdle(store.subscribe));
    store.tell();
    leave();
    rest();
    expect(told).toEqual(['stayed']);
  });

  it('tells at most every 400 ms, however often something changes', () => {
    const store = createStore();
    let told = 0;
    whenIdle(store.subscribe)(() => (told += 1));
    for (let atMs = 0; atMs < 4_000; atMs += 20) {
      store.tell();
      for (const run of idle.splice(0)) run();
      vi.advanceTimersByTime(20);
    }
    expect(told).toBe(10);
  });

  it('waits for a pause of the keys, and while they go on at most 1.6 s', () => {
    const store = createStore();
    const toldMs: number[] = [];
    whenIdle(store.subscribe)(() => toldMs.push(atMs));
    let atMs = 0;
    const step = (): void => {
      vi.advanceTimersByTime(20);
      atMs += 20;
      for (const run of idle.splice(0)) run();
    };
    while (atMs < 4_000) {
      if (atMs % 100 === 0) press();
      store.tell();
      step();
    }
    expect(toldMs).toEqual([1_600, 3_200]);
    store.tell();
    while (atMs < 6_000) step();
    expect(toldMs.slice(2).every((each) => each >= 4_150 && each <= 4_260)).toBe(true);
    expect(toldMs).toHaveLength(3);
  });
});
