import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Notice } from '../../../shared/ipc/contract.ts';
import type { BackupEntry } from '../../../shared/ipc/security.ts';
import { formatDate, formatSize, formatTime } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { InlineConfirm } from '../../ui/InlineConfirm.tsx';
import { markRestoring } from './restoreMark.ts';

/** One backup: what is in it, each complaint to be brought back, or everything. */
export function BackupRow({
  backup,
  language,
  disabled,
  onBroughtBack,
  onProblem,
}: {
  backup: BackupEntry;
  language: Language;
  disabled: boolean;
  onBroughtBack(title: string): void;
  onProblem(notice: Notice): void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (backup.damaged)
    return (
      <li className="backup-row">
        <p className="mono break-anywhere">{backup.name}</p>
        <p className="note-line missing">{t('security.backupDamaged')}</p>
      </li>
    );
  const date = `${formatDate(backup.createdMs, language)}, ${formatTime(backup.createdMs, language)}`;
  const bringBack = async (complaintId: string, title: string) => {
    const answer = await ask('backup/restore-complaint', {
      name: backup.name,
      complaintId,
      title: t('security.copyTitle', { title, date: formatDate(backup.createdMs, language) }),
    });
    if (answer.ok) onBroughtBack(title);
    else onProblem(answer.error);
  };
  return (
    <li className="backup-row">
      <details>
        <summary aria-label={t('security.showBackup', { date })}>
          <span>{t('security.backupOf', { date })}</span>
          <span className="soft">
            {t('security.holds', {
              count: backup.complaints.length,
              size: formatSize(backup.sizeBytes, language),
            })}
          </span>
        </summary>
        <p className="hint">{t('security.bringBackHint')}</p>
        <ul>
          {backup.complaints.map((complaint) => {
            const title = complaint.title || t('security.untitled');
            return (
              <li key={complaint.id} className="backed-up">
                <span className="grow">{title}</span>
                {complaint.damaged ? (
                  <span className="soft">{t('security.damagedThen')}</span>
                ) : (
                  <button
                    type="button"
                    className="button quiet"
                    disabled={disabled}
                    aria-label={t('security.bringBackNamed', { title })}
                    onClick={() => void bringBack(complaint.id, title)}
                  >
                    {t('security.bringBack')}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
        {asking ? (
          <InlineConfirm
            question={t('security.restoreAllQuestion', { date })}
            action={t('security.restoreAllAction')}
            onCancel={() => setAsking(false)}
            onConfirm={async () => {
              setAsking(false);
              markRestoring(true);
              const answer = await ask('backup/restore-library', { token: null, name: backup.name, secret: null });
              if (answer.ok) return;
              markRestoring(false);
              onProblem(answer.error);
            }}
          />
        ) : (
          <button type="button" className="button quiet" disabled={disabled} onClick={() => setAsking(true)}>
            {t('security.restoreAll')}
          </button>
        )}
      </details>
    </li>
  );
}
