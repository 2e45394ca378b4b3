import { useTranslation } from 'react-i18next';
import type { Role } from '../../../shared/ipc/contract.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Field } from '../../ui/Field.tsx';
import { useWorkbench } from '../../ui/workbench.ts';

/** An invitation that was just made. `until` is a written day. */
export interface MadeLink {
  link: string;
  role: Role;
  label: string;
  until: string;
}

/** The link, and in plain words what it can and cannot do. */
export function InviteLink({ made, onAnother }: { made: MadeLink; onAnother(): void }) {
  const { t } = useTranslation();
  const { open } = useWorkbench();
  const { link, role, label, until } = made;
  return (
    <>
      <p className="invite-for">
        <strong>{label ? t('members.forWhom', { name: label }) : t('members.forSomebody')}</strong>
        <span className="soft">{t('invite.until', { role: t(`roles.${role}`), date: until })}</span>
      </p>
      <Field label={t('invite.link')} hint={t('invite.kept')}>
        {(control) => (
          <textarea
            {...control}
            className="input mono break-anywhere"
            rows={5}
            readOnly
            value={link}
            ref={(element) => {
              if (element && !element.dataset['opened']) {
                element.dataset['opened'] = 'yes';
                element.focus();
              }
            }}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <div className="actions">
        <CopyButton text={link} label={t('common.copy')} />
        <button type="button" className="button" onClick={onAnother}>
          {t('invite.another')}
        </button>
        <button type="button" className="button quiet" onClick={() => open({ kind: 'members' })}>
          {t('invite.seeMembers')}
        </button>
      </div>
      <ul className="plain-facts">
        <li>{t('invite.alone')}</li>
        <li>{t(role === 'owner' ? 'invite.onlineOwner' : 'invite.online')}</li>
        <li>{t('invite.channel')}</li>
      </ul>
    </>
  );
}
