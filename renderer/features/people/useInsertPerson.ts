import { useTranslation } from 'react-i18next';
import type { Person } from '../../../shared/domain/records.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** Inserts the mention at the caret and says so; without a caret in the text it says what to do. */
export function useInsertPerson(): (person: Person) => void {
  const { t } = useTranslation();
  const { editor, announce } = useWorkbench();
  return (person) => {
    if (editor?.insertPerson(person.id)) {
      announce(t('people.inserted', { name: person.pseudonym }));
      editor.focus();
    } else announce(t('toolbar.cannotInsert'));
  };
}
