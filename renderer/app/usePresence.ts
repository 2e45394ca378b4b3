import { useEffect, useState } from 'react';
import type { ComplaintSession } from './ComplaintSession.ts';

/** An organization that has this complaint open now. */
export interface PresentOrganization {
  organizationId: string;
  name: string;
  initials: string;
  /** 1–8: the token `--org-N`. */
  colorNumber: number;
  own: boolean;
}

/** Two letters: of the first two words, else the first two of the only one. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}` : (words[0] ?? '').slice(0, 2);
  return letters.toUpperCase() || '··';
}

function readPresence(session: ComplaintSession): PresentOrganization[] {
  const records = new Map(session.getRecords('organizations').map((record) => [record.id as string, record]));
  const present = new Map<string, PresentOrganization>();
  const add = (organizationId: string, heardName: unknown, heardColor: unknown) => {
    if (present.has(organizationId)) return;
    const record = records.get(organizationId);
    const name = record?.name || (typeof heardName === 'string' ? heardName.slice(0, 120) : '');
    const color = record?.color ?? heardColor;
    const index = typeof color === 'number' && Number.isInteger(color) && color >= 0 && color < 8 ? color : 0;
    present.set(organizationId, {
      organizationId,
      name,
      initials: record?.initials || initialsOf(name),
      colorNumber: index + 1,
      own: organizationId === session.organizationId,
    });
  };
  const own = session.awareness.getLocalState() as Record<string, unknown> | null;
  if (own || records.has(session.organizationId)) add(session.organizationId, own?.['name'], own?.['color']);
  for (const state of session.awareness.getStates().values()) {
    const organizationId = (state as Record<string, unknown>)['organizationId'];
    if (typeof organizationId === 'string')
      add(organizationId, (state as Record<string, unknown>)['name'], (state as Record<string, unknown>)['color']);
  }
  return [...present.values()].filter((organization) => organization.name !== '');
}

/** Who is here, own organization first; what peers say about themselves counts less than the organization's record. */
export function usePresence(session: ComplaintSession): readonly PresentOrganization[] {
  const [present, setPresent] = useState<readonly PresentOrganization[]>([]);
  useEffect(() => {
    // Each move of a caret tells; React is asked when somebody came, went or has another name.
    let shown = '[]';
    const update = () => {
      const now = readPresence(session);
      const words = JSON.stringify(now);
      if (words === shown) return;
      shown = words;
      setPresent(now);
    };
    update();
    session.awareness.on('change', update);
    const unsubscribe = session.subscribe(update);
    return () => {
      session.awareness.off('change', update);
      unsubscribe();
    };
  }, [session]);
  return present;
}
