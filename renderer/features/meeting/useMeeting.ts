import { useEffect, useState } from 'react';
import type { MeetingState } from '../../../shared/ipc/meeting.ts';
import { ask } from '../../ui/bridge.ts';

/** The relay that this computer runs for a meeting, as main last said; null until it has. */
export function useMeeting(): MeetingState | null {
  const [state, setState] = useState<MeetingState | null>(null);
  useEffect(() => {
    let newer = false;
    const stop = window.alegato.on('meeting/changed', (changed) => {
      newer = true;
      setState(changed);
    });
    void ask('meeting/state', undefined).then((answer) => {
      if (answer.ok && !newer) setState(answer.value);
    });
    return () => {
      newer = true;
      stop();
    };
  }, []);
  return state;
}
