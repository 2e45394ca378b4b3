import { useTranslation } from 'react-i18next';
import { ask } from '../../ui/bridge.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import type { FileStates } from './useFileStates.ts';

/** Holds all files on a line that costs money; there only while something moves, waits or is held. */
export function PauseFiles({ files: { byBlob, paused } }: { files: FileStates }) {
  const { t } = useTranslation();
  const { session, notify } = useWorkbench();
  const shared = useStatus(session).relay !== 'none';
  const underWay = [...byBlob.values()].some((file) => file.moving || file.toSend || !file.here);
  if (!paused && !(shared && underWay)) return null;
  const set = async (pause: boolean) => {
    const answer = await ask('exhibits/pause-transfers', { complaintId: session.complaintId, paused: pause });
    if (!answer.ok) notify(answer.error);
  };
  return (
    <div className="pause-files">
      {paused && <p role="status">{t('exhibits.file.pausedNote')}</p>}
      <button
        type="button"
        className="link-button"
        title={paused ? undefined : t('exhibits.file.pauseHint')}
        onClick={() => void set(!paused)}
      >
        {t(paused ? 'exhibits.file.resume' : 'exhibits.file.pause')}
      </button>
    </div>
  );
}
