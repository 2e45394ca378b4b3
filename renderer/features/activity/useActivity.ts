import { useSyncExternalStore } from 'react';
import type { ActivityReading } from '../../../shared/domain/activity/ActivityReading.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';

/** What others changed since the last visit; null until it is known, and on the first visit. */
export function useActivity(session: ComplaintSession): ActivityReading | null {
  return useSyncExternalStore(session.activity.subscribe, session.activity.get);
}
