import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organization } from '../../shared/domain/records.ts';
import { deviceOfClient, isDeviceNumber } from '../../shared/sync/clientIds.ts';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import { findOrganization } from './findOrganization.ts';
import { useMembers } from './useMembers.ts';
import { useRecords } from './useSession.ts';

/** Whose device something came from, as it is told everywhere. */
export interface Author {
  organization: Organization | undefined;
  /** This window's own organization. */
  own: boolean;
  /** The organization's name, or words for nobody known. */
  name: string;
  /** Index 0–7 of its color in the design tokens. */
  color: number;
}

/** The author with that device number: the organization whose member it is, or whose own record it wrote. */
export function useAuthors(session: ComplaintSession): (device: number | null) => Author {
  const { t } = useTranslation();
  const organizations = useRecords(session, 'organizations');
  const { reading } = useMembers(session);
  const members = reading.state === 'ready' ? reading.members : null;
  return useMemo(() => {
    const read = (device: number | null): Author => {
      const member = members?.organizations.find(({ devices }) => devices.some(({ number }) => number === device));
      const own = device === deviceOfClient(session.doc.clientID) || member?.own === true;
      const organization = own
        ? organizations.find(({ id }) => id === session.organizationId)
        : member
          ? findOrganization(session.doc, organizations, member.number)
          : organizations.find(({ id }) => writerOf(session, 'organizations', `${id}/id`) === device);
      return {
        organization,
        own,
        name: organization?.name || member?.name || t('activity.somebody'),
        // What a peer wrote need not be an index.
        color: Math.abs(Math.trunc(organization?.color ?? 0)) % 8 || 0,
      };
    };
    // The same object for the same device, so that a long list draws only what changed.
    const known = new Map<number | null, Author>();
    return (device) => {
      let author = known.get(device);
      if (!author) known.set(device, (author = read(device)));
      return author;
    };
  }, [session, organizations, members, t]);
}

/** The device that wrote a field as it is now; null for the template, the sample and what no device can have written. */
export function writerOf(session: ComplaintSession, root: string, key: string): number | null {
  const client = session.doc.getMap(root)._map.get(key)?.id.client;
  const device = client === undefined ? 0 : deviceOfClient(client);
  return isDeviceNumber(device) ? device : null;
}
