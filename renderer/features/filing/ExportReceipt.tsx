import { useTranslation } from 'react-i18next';
import type { Response } from '../../../shared/ipc/contract.ts';
import { formatSize } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useWorkbench } from '../../ui/workbench.ts';

/** Where the file lies and the number by which partners can compare it. */
export function ExportReceipt({ receipt }: { receipt: NonNullable<Response<'filing/export-docx'>> }) {
  const { t } = useTranslation();
  const { language, notify } = useWorkbench();
  const show = async () => {
    const answer = await ask('filing/show-in-folder', { path: receipt.path });
    if (!answer.ok) notify(answer.error);
  };
  return (
    <section className="receipt" aria-label={t('filing.saved')}>
      <h3 className="label">{t('filing.path')}</h3>
      <p className="break-anywhere">
        {receipt.path} <span className="soft">({formatSize(receipt.sizeBytes, language)})</span>
      </p>
      <h3 className="label">{t('filing.sha256')}</h3>
      <p className="mono break-anywhere" data-sha256={receipt.sha256}>
        {receipt.sha256}
      </p>
      <p className="soft">{t('filing.again')}</p>
      <div className="actions">
        <button type="button" className="button" onClick={() => void show()}>
          {t('filing.show')}
        </button>
        <CopyButton text={receipt.sha256} label={t('filing.copySha')} />
      </div>
    </section>
  );
}
