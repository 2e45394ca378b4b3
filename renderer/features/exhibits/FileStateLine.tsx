import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileState } from '../../../shared/ipc/contract.ts';
import { formatSize } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { describeFile } from './describeFile.ts';

interface Props {
  file: FileState;
  paused: boolean;
  /** Label and title of the exhibit, for a screen reader. */
  name: string;
}

/** Where an exhibit's file is, how far it has moved, and the one thing that can be done about it. */
export function FileStateLine({ file, paused, name }: Props) {
  const { t } = useTranslation();
  const { session, notify, language } = useWorkbench();
  const shared = useStatus(session).relay !== 'none';
  const moved = useMoved(file);
  const { sentence, action, stuck } = describeFile(file, paused, shared);
  const act = async () => {
    const request = { complaintId: session.complaintId, blobId: file.blobId };
    const channel = action === 'stop' ? 'exhibits/stop-transfer' : 'exhibits/retry-transfer';
    const answer = await ask(channel, request);
    if (!answer.ok) notify(answer.error);
  };
  return (
    <div className="file-state">
      <p className={stuck ? 'file-state__stuck' : 'soft'} role="status">
        {t(`exhibits.file.states.${sentence}`, { who: file.alsoWith.join(', ') })}
      </p>
      {moved && (
        <>
          <progress max={moved.total} value={moved.received} aria-label={t('exhibits.file.progressOf', { name })} />
          <p className="soft file-state__amount">
            {t('exhibits.file.moved', {
              received: formatSize(moved.received, language),
              total: formatSize(moved.total, language),
            })}
          </p>
        </>
      )}
      {action && (
        <button
          type="button"
          className="link-button"
          onClick={() => void act()}
          aria-label={t(`exhibits.file.actionsNamed.${action}`, { name })}
        >
          {t(`exhibits.file.actions.${action}`)}
        </button>
      )}
    </div>
  );
}

/** How far the file has moved; null while it does not. */
function useMoved({ blobId, moving }: FileState): { received: number; total: number } | null {
  const [moved, setMoved] = useState<{ received: number; total: number } | null>(null);
  useEffect(() => {
    if (!moving) return;
    const unsubscribe = window.alegato.on('exhibits/transfer', (transfer) => {
      if (transfer.blobId === blobId && transfer.direction === moving)
        setMoved({ received: transfer.received, total: transfer.total });
    });
    return () => {
      unsubscribe();
      setMoved(null);
    };
  }, [blobId, moving]);
  return moving && moved && moved.total > 0 ? moved : null;
}
