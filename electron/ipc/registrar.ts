import type { z } from 'zod';
import { type Answer, CHANNELS, type Channel, type Notice, type Response } from '../../shared/ipc/contract.ts';
import { noticeOfError } from '../services/storage/noticeOfError.ts';
import { randomBytes } from '../services/storage/Sealer.ts';
import type { RedactedLog } from './RedactedLog.ts';
import { sizeOfPayload } from './sizeOfPayload.ts';

/** Who called: `trusted` only for the top frame of one of our windows showing our own page. */
export interface Caller {
  trusted: boolean;
  windowId: number;
}
export type ParsedRequest<C extends Channel> = z.output<(typeof CHANNELS)[C]['request']>;
export type Handler<C extends Channel> = (request: ParsedRequest<C>, caller: Caller) => Promise<Answer<Response<C>>>;
export type Handlers = { [C in Channel]: Handler<C> };

const KILOBYTE = 1_024;
/** Largest payload in bytes; channels that carry files or whole documents have their own. */
const LIMITS: Partial<Record<Channel, number>> = {
  'exhibits/put-part': 1_100 * KILOBYTE,
  'filing/export-docx': 64 * KILOBYTE * KILOBYTE,
  'activity/mark': 64 * KILOBYTE * KILOBYTE,
  'images/seal': 10 * KILOBYTE * KILOBYTE,
  'versions/export-redline': 130 * KILOBYTE * KILOBYTE,
  'versions/keep': 65 * KILOBYTE * KILOBYTE,
  'clipboard/write': 512 * KILOBYTE,
  'exhibits/stage': 512 * KILOBYTE,
};
const DEFAULT_LIMIT = 256 * KILOBYTE;

/**
 * The one way into main: checks sender, size and schema, calls the handler, and answers with a value in every case.
 * What a handler throws becomes `disk-full` and the like where a person can act on it, else `unexpected` with a short
 * code that the log repeats.
 */
export async function answerCall(
  channel: Channel,
  payload: unknown,
  caller: Caller,
  handlers: Handlers,
  log: RedactedLog,
): Promise<Answer<unknown>> {
  if (!caller.trusted) {
    log.write('ipc-sender-refused', { channel });
    return { ok: false, error: { code: 'payload-refused' } };
  }
  if (sizeOfPayload(payload) > (LIMITS[channel] ?? DEFAULT_LIMIT)) {
    log.write('ipc-too-large', { channel });
    return { ok: false, error: { code: 'payload-refused' } };
  }
  const parsed = CHANNELS[channel].request.safeParse(payload);
  if (!parsed.success) {
    log.write('ipc-schema-refused', { channel, issues: parsed.error.issues.length });
    return { ok: false, error: { code: 'payload-refused' } };
  }
  try {
    return await (handlers[channel] as (request: unknown, from: Caller) => Promise<Answer<unknown>>)(
      parsed.data,
      caller,
    );
  } catch (error) {
    const known = noticeOfError(error);
    const code = Buffer.from(randomBytes(3)).toString('hex');
    log.writeError('ipc-failed', error, { channel, notice: known?.code ?? 'unexpected', incident: code });
    const notice: Notice = known ?? { code: 'unexpected', params: { code } };
    return { ok: false, error: notice };
  }
}
