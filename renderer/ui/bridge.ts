import type { AlegatoBridge, Answer, Channel, Request, Response } from '../../shared/ipc/contract.ts';

declare global {
  interface Window {
    alegato: AlegatoBridge;
  }
}

/** Asks main; an expected failure is a value, a broken bridge counts as `unexpected`. */
export async function ask<C extends Channel>(channel: C, payload: Request<C>): Promise<Answer<Response<C>>> {
  try {
    return await window.alegato.invoke(channel, payload);
  } catch {
    return { ok: false, error: { code: 'unexpected' } };
  }
}
