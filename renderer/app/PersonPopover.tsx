import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../shared/domain/ids.ts';
import { SelectField } from '../ui/Field.tsx';
import { useRecords } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { ToolbarPopover } from './ToolbarPopover.tsx';

/** Chooses a person and inserts the mention at the caret. */
export function PersonPopover({ onClose }: { onClose(refocus: boolean): void }) {
  const { t } = useTranslation();
  const { session, editor, openTab } = useWorkbench();
  const people = useRecords(session, 'people').filter((person) => person.pseudonym !== '');
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const [failed, setFailed] = useState(false);
  const current = people.find((person) => person.id === chosen) ?? people[0];
  const insert = () => {
    if (current && editor?.insertPerson(current.id)) onClose(true);
    else setFailed(true);
  };
  return (
    <ToolbarPopover label={t('toolbar.personHint')} onClose={onClose}>
      {current ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            insert();
          }}
        >
          <SelectField
            label={t('palette.person')}
            value={current.id}
            hint={failed ? t('toolbar.cannotInsert') : undefined}
            onChange={(id) => setChosen(id as PersonId)}
            options={people.map((person) => ({ value: person.id, title: `${person.pseudonym}*` }))}
          />
          <div className="actions end">
            <button type="button" className="button" onClick={() => onClose(true)}>
              {t('common.cancel')}
            </button>
            <button type="submit" className="button">
              {t('toolbar.insert')}
            </button>
          </div>
        </form>
      ) : (
        <div className="empty">
          <p>{t('toolbar.noPeople')}</p>
          <button
            type="button"
            className="button"
            onClick={() => {
              openTab('people');
              onClose(false);
            }}
          >
            {t('toolbar.openPeople')}
          </button>
        </div>
      )}
    </ToolbarPopover>
  );
}
