import { useTranslation } from 'react-i18next';
import type { Members } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { MemberQuestion } from './MemberQuestion.tsx';

/** Says what a removal does and does not do. */
export function RemoveQuestion({
  complaintId,
  deviceNumber,
  computer,
  organization,
  onCancel,
  onRemoved,
}: {
  complaintId: string;
  deviceNumber: number;
  computer: string;
  organization: string;
  onCancel(): void;
  onRemoved(members: Members): void;
}) {
  const { t } = useTranslation();
  const who = { computer, name: organization };
  return (
    <MemberQuestion
      title={t('members.removeTitle', who)}
      facts={[
        t('members.removeKeeps'),
        t('members.removeNothingNew'),
        t('members.removeWork'),
        t('members.removeKeys'),
        `${t('members.removeTold')} ${t('members.removeAgain')}`,
      ]}
      action={t('members.removeAction', who)}
      acting={t('members.removing')}
      failed={t('members.removeFailed')}
      saysAll="member-not-removable"
      run={() => ask('members/remove', { complaintId, deviceNumber })}
      onCancel={onCancel}
      onDone={onRemoved}
    />
  );
}
