import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from './ComplaintSession.ts';
import { usePresence } from './usePresence.ts';

/** Badges of the organizations that are here; names in words for whoever cannot tell colors. */
export function PresenceBadges({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const present = usePresence(session);
  if (present.length === 0) return null;
  return (
    <ul className="badges" aria-label={t('shell.here')}>
      {present.map((organization) => {
        const name = organization.own ? t('shell.you', { name: organization.name }) : organization.name;
        return (
          <li
            key={organization.organizationId}
            className="badge"
            title={name}
            style={{ background: `var(--org-${organization.colorNumber})` }}
          >
            <span aria-hidden="true">{organization.initials}</span>
            <span className="visually-hidden">{name}</span>
          </li>
        );
      })}
    </ul>
  );
}
