import { useTranslation } from 'react-i18next';
import type { Members } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { MemberQuestion } from './MemberQuestion.tsx';

/** Says what taking an invitation back does. */
export function WithdrawQuestion({
  complaintId,
  invitationId,
  name,
  onCancel,
  onWithdrawn,
}: {
  complaintId: string;
  invitationId: string;
  name: string;
  onCancel(): void;
  onWithdrawn(members: Members): void;
}) {
  const { t } = useTranslation();
  return (
    <MemberQuestion
      title={t('members.withdrawTitle', { name })}
      facts={[t('members.withdrawWhat'), t('members.withdrawLate')]}
      action={t('members.withdrawAction')}
      acting={t('members.withdrawing')}
      failed={t('members.withdrawFailed')}
      saysAll="invitation-in-use"
      run={() => ask('members/withdraw', { complaintId, invitationId })}
      onCancel={onCancel}
      onDone={onWithdrawn}
    />
  );
}
