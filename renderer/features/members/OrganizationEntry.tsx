import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberDevice, MemberOrganization, Members } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { DeviceRow } from './DeviceRow.tsx';
import { RemoveQuestion } from './RemoveQuestion.tsx';
import { SafetyNumber } from './SafetyNumber.tsx';
import { useComputerName } from './useComputerName.ts';
import { useOrganizationName } from './useOrganizationName.ts';

/** One organization in its color: its computers, and the digits to compare with it. */
export function OrganizationEntry({
  session,
  organization,
  show,
  say,
}: {
  session: ComplaintSession;
  organization: MemberOrganization;
  show(members?: Members): void;
  /** Tells a result in the panel. */
  say(sentence: string): void;
}) {
  const { t } = useTranslation();
  const { announce } = useWorkbench();
  const { removed: gone } = useStatus(session);
  const computerName = useComputerName();
  const [asking, setAsking] = useState<number | null>(null);
  // In the order of joining, as the organization's own record has it.
  const color = ((organization.number - 1) % 8) + 1;
  const name = useOrganizationName(session, organization);
  const { devices } = organization;
  const active = devices.filter(({ state }) => state === 'active');
  const removed = devices.filter(({ state }) => state === 'removed');
  const row = (device: MemberDevice) => {
    const computer = computerName(device, devices);
    return (
      <li key={device.number} data-device={device.number}>
        <DeviceRow
          device={device}
          computer={computer}
          organization={name}
          asking={asking === device.number}
          onRemove={() => setAsking(device.number)}
        />
        {asking === device.number && (
          <RemoveQuestion
            complaintId={session.complaintId}
            deviceNumber={device.number}
            computer={computer}
            organization={name}
            onCancel={() => setAsking(null)}
            onRemoved={(members) => {
              setAsking(null);
              const result = t('members.removed', { computer, name });
              say(result);
              announce(result);
              show(members);
            }}
          />
        )}
      </li>
    );
  };
  return (
    <section className="member" aria-label={name}>
      <h3 className="member-name">
        <span className="member-color" aria-hidden="true" style={{ background: `var(--org-${color})` }} />
        <span>
          {name} {organization.own && <span className="soft member-you">({t('members.you')})</span>}
        </span>
      </h3>
      <ul className="member-devices">{active.map(row)}</ul>
      {removed.length > 0 && (
        <details className="member-removed">
          <summary>{t('members.showRemoved', { count: removed.length })}</summary>
          <ul className="member-devices">{removed.map(row)}</ul>
        </details>
      )}
      {organization.safetyNumber !== '' && active.length > 0 && !gone && (
        <SafetyNumber session={session} organization={organization} name={name} show={show} />
      )}
    </section>
  );
}
