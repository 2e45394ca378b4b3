import { useTranslation } from 'react-i18next';
import type { RecordChange } from '../../../shared/domain/activity/compareRecords.ts';
import type { ClaimId, ExhibitId, PersonId } from '../../../shared/domain/ids.ts';
import type { activityEn } from '../../i18n/activity.en.ts';
import { useIndexPart, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';

type FieldName = keyof typeof activityEn.fields;

/** One changed record: what it is, what happened, which fields; a click shows it, or the list it was in. */
export function RecordRow({ change }: { change: RecordChange }) {
  const { t } = useTranslation();
  const { session, editor, open, openTab } = useWorkbench();
  const replies = useRecords(session, 'replies');
  const claims = useIndexPart((index) => index.claims);
  const name = (change.claimId && claims.get(change.claimId as ClaimId)?.text) || change.name || t('activity.unnamed');
  const show = () => {
    const { collection, id, claimId, kind } = change;
    const gone = kind === 'removed';
    if (claimId && claims.has(claimId as ClaimId)) {
      editor?.reveal({ claimId: claimId as ClaimId }, { focus: true });
      open({ kind: 'claim', claimId: claimId as ClaimId });
    } else if (collection === 'claims' || collection === 'links') open({ kind: 'unsupported' });
    else if (collection === 'exhibits')
      gone ? openTab('exhibits') : open({ kind: 'exhibit', exhibitId: id as ExhibitId });
    else if (collection === 'people') gone ? openTab('people') : open({ kind: 'person', personId: id as PersonId });
    else if (collection === 'replies') {
      const thread = replies.find((reply) => reply.id === id)?.thread;
      open(thread ? { kind: 'thread', threadId: thread } : { kind: 'comments' });
    } else open({ kind: 'filing' });
  };
  return (
    <button type="button" className="activity-row" onClick={show}>
      <span className="activity-what">
        {t(`activity.collections.${change.collection}`)} · {t(`activity.kinds.${change.kind}`)}
        {change.fields.length > 0 &&
          `: ${change.fields.map((field) => t(`activity.fields.${field as FieldName}`)).join(', ')}`}
      </span>
      <span className="activity-words">{change.kind === 'removed' ? <del>{name}</del> : name}</span>
    </button>
  );
}
