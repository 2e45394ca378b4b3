import { ok } from '../../shared/domain/result.ts';
import type { MEETING_CHANNELS } from '../../shared/ipc/meeting.ts';
import type { MeetingRelay } from '../services/meeting/MeetingRelay.ts';
import type { Handlers } from './registrar.ts';

type MeetingHandlers = Pick<Handlers, keyof typeof MEETING_CHANNELS>;

/** Handlers about the relay that this computer runs for a meeting. */
export function createMeetingHandlers(meeting: MeetingRelay): MeetingHandlers {
  return {
    'meeting/state': async () => ok(await meeting.state()),
    'meeting/start': async ({ scope, port }) => meeting.start(scope, port),
    'meeting/stop': async () => ok(await meeting.stop()),
    'meeting/delete': async () => meeting.delete(),
  };
}
