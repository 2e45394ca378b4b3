import { useTranslation } from 'react-i18next';
import { ExhibitsPanel } from '../features/exhibits/ExhibitsPanel.tsx';
import { PeoplePanel } from '../features/people/PeoplePanel.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import type { SidebarTab } from '../ui/workbench.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { Outline } from './Outline.tsx';

/** Outline, exhibits, people. */
export function LeftSidebar({ tab, onTab }: { tab: SidebarTab; onTab(tab: SidebarTab): void }) {
  const { t } = useTranslation();
  const { session } = useWorkbench();
  return (
    <>
      <Tabs
        idBase="left"
        label={t('shell.tabs')}
        current={tab}
        onChange={onTab}
        items={[
          { id: 'outline', title: t('shell.outlineTab') },
          { id: 'exhibits', title: t('shell.exhibitsTab') },
          { id: 'people', title: t('shell.peopleTab') },
        ]}
      />
      <div
        className={`left-body ${tab === 'outline' ? '' : 'padded'}`}
        role="tabpanel"
        id="left-panel"
        aria-labelledby={`left-tab-${tab}`}
        tabIndex={-1}
      >
        {tab === 'outline' && <Outline />}
        {tab === 'exhibits' && <ExhibitsPanel session={session} />}
        {tab === 'people' && <PeoplePanel session={session} />}
      </div>
    </>
  );
}
