import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whenIdle } from './whenIdle.ts';

let idle: (() => void)[] = [];

beforeEach(() => {
  idle = [];
  vi.stubGlobal('requestIdleCallback', (run: () => void) => idle.push(run));
});
afterEach(() => void vi.unstubAllGlobals());

function createStore() {
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { subscribe, tell: () => [...listeners].forEach((listener) => listener()) };
}

const rest = (): void => {
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
});
