import { fail, ok, type Result } from '../../../shared/domain/result.ts';

/** The word as it travels in a header: trimmed; empty for none. What no relay can have set is refused. [SY72] */
export function parseRoomToken(text: string): Result<string, { code: 'room-token' }> {
  const token = text.trim();
  return /^[\x21-\x7e]{0,200}$/.test(token) ? ok(token) : fail({ code: 'room-token' });
}
