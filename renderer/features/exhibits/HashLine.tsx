import { useTranslation } from 'react-i18next';
import { ask } from '../../ui/bridge.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** The fingerprint of a file, shortened; the button copies all of it. */
export function HashLine({ sha256 }: { sha256: string }) {
  const { t } = useTranslation();
  const { notify, announce } = useWorkbench();
  const copy = async () => {
    const answer = await ask('clipboard/write', { text: sha256 });
    if (answer.ok) announce(t('common.copied'));
    else notify(answer.error);
  };
  return (
    <p className="hash-line">
      <span className="mono" title={sha256}>
        SHA-256 {sha256.slice(0, 4)}…{sha256.slice(-4)}
      </span>
      <button type="button" className="link-button" onClick={() => void copy()} aria-label={t('exhibits.copyHash')}>
        {t('common.copy')}
      </button>
    </p>
  );
}
