import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { MeetingScope, MeetingState } from '../../../shared/ipc/meeting.ts';
import { ask } from '../../ui/bridge.ts';
import { TextField } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';

const PORT_MAX = 65_535;

/** For whom and where it listens; starting is always the person's own act. */
export function StartForm({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [scope, setScope] = useState<MeetingScope>(meeting.scope);
  const [port, setPort] = useState(String(meeting.port));
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Notice | null>(null);
  const problem: Notice | null = refusal ?? (meeting.problem ? { code: meeting.problem as Notice['code'] } : null);
  const starting = meeting.phase === 'starting';
  const valid = /^\d{1,5}$/.test(port.trim()) && Number(port) >= 1 && Number(port) <= PORT_MAX;
  const start = async () => {
    setTried(true);
    if (!valid || starting) return;
    setRefusal(null);
    const answer = await ask('meeting/start', { scope, port: Number(port) });
    if (!answer.ok) setRefusal(answer.error);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <Segmented
        label={t('meeting.scope')}
        value={scope}
        onChange={setScope}
        options={[
          { value: 'network', title: t('meeting.scopeNetwork') },
          { value: 'computer', title: t('meeting.scopeComputer') },
        ]}
      />
      <TextField
        label={t('meeting.port')}
        hint={t('meeting.portHint')}
        error={tried && !valid ? t('meeting.badPort') : null}
        value={port}
        maxLength={5}
        onChange={setPort}
      />
      {problem && (
        <p className="note-line missing" role="alert">
          {sentence(problem)}
        </p>
      )}
      {scope === 'network' && <p className="note-line">{t('meeting.onNetwork')}</p>}
      <div className="actions">
        <button type="submit" className="button" disabled={starting}>
          {starting ? t('meeting.starting') : t('meeting.start')}
        </button>
      </div>
    </form>
  );
}
