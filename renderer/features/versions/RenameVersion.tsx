import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { ask } from '../../ui/bridge.ts';
import { TextField } from '../../ui/Field.tsx';
import { useWorkbench } from '../../ui/workbench.ts';
import { tellKept } from './keepVersion.ts';

/** Gives a version that was kept by itself a name, in its own row; it is then never thinned out. */
export function RenameVersion({
  session,
  versionId,
  onDone,
}: {
  session: ComplaintSession;
  versionId: string;
  onDone(): void;
}) {
  const { t } = useTranslation();
  const { announce, notify } = useWorkbench();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const words = name.trim();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (words === '' || busy) return;
    setBusy(true);
    const answer = await ask('versions/name', { complaintId: session.complaintId, versionId, name: words });
    setBusy(false);
    if (!answer.ok) {
      notify(answer.error);
      return;
    }
    announce(t('versions.renamed', { name: words }));
    onDone();
    tellKept();
  };
  return (
    <form
      className="versions-name"
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <TextField label={t('versions.renameLabel')} value={name} maxLength={200} autoFocus onChange={setName} />
      <div className="actions">
        <button type="submit" className="button" disabled={busy || words === ''}>
          {t('versions.renameSave')}
        </button>
        <button type="button" className="button quiet" onClick={onDone}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  );
}
