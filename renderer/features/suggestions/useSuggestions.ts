import type { TFunction } from 'i18next';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Suggestion } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import type { OpenSuggestion } from '../../editor/SuggestionApi.ts';
import { findOrganization } from '../../ui/findOrganization.ts';
import { useMembers } from '../../ui/useMembers.ts';
import { useRecords } from '../../ui/useSession.ts';
import { whenIdle } from '../../ui/whenIdle.ts';
import { useWorkbench } from '../../ui/workbench.ts';

const NONE: readonly OpenSuggestion[] = [];
const subscribeNothing = () => () => {};

/** Every open suggestion in the order of reading. */
export function useSuggestions(): readonly OpenSuggestion[] {
  const api = useWorkbench().editor?.suggestions ?? null;
  return useSyncExternalStore(api ? whenIdle(api.subscribe) : subscribeNothing, api ? api.list : () => NONE);
}

/** Whether this window suggests. */
export function useSuggesting(): boolean {
  const api = useWorkbench().editor?.suggestions ?? null;
  return useSyncExternalStore(api ? api.subscribe : subscribeNothing, api ? api.isSuggesting : () => false);
}

export interface SuggestionOwner {
  /** Number of the organization; 0 for nobody that is known. */
  number: number;
  name: string;
  color: number;
}

/** The organization of a device. */
export function useOwnerOf(session: ComplaintSession, somebody: string): (device: number) => SuggestionOwner {
  const { reading } = useMembers(session);
  const organizations = useRecords(session, 'organizations');
  const owners = useMemo(() => {
    const found = new Map<number, SuggestionOwner>();
    if (reading.state !== 'ready') return found;
    for (const { number, name, own, devices } of reading.members.organizations) {
      const record = own
        ? organizations.find(({ id }) => id === session.organizationId)
        : findOrganization(session.doc, organizations, number);
      const owner = { number, name: name || record?.name || somebody, color: record?.color ?? 0 };
      for (const device of devices) found.set(device.number, owner);
      if (own) found.set(reading.members.deviceNumber, owner);
    }
    return found;
  }, [reading, organizations, session, somebody]);
  return useCallback(
    (device: number) => owners.get(device) ?? { number: 0, name: somebody, color: 0 },
    [owners, somebody],
  );
}

/** What a suggestion would do, in one sentence. */
export function describeSuggestion(entry: OpenSuggestion, t: TFunction): string {
  const { formatted, splits, style, value } = entry;
  // Blank space alone is shown as a sign for it.
  const [inserted, deleted] = [entry.inserted, entry.deleted].map((words) =>
    words === '' ? '' : words.trim() || '␣',
  ) as [string, string];
  if (entry.part) return describePart(entry.part, inserted === '␣' || deleted === '␣' ? '' : inserted || deleted, t);
  if (inserted && deleted) return t('suggestions.what.replace', { inserted, deleted });
  if (inserted) return t('suggestions.what.insert', { inserted });
  if (deleted) return t('suggestions.what.delete', { deleted });
  if (formatted) return t(`suggestions.what.${value ?? 'format'}`, { words: formatted });
  if (style)
    return t('suggestions.what.style', {
      before: t(`styles.${style.before}` as 'styles.plain'),
      after: t(`styles.${style.after}` as 'styles.plain'),
    });
  return t(splits > 0 ? 'suggestions.what.split' : 'suggestions.what.join');
}

const PART_WORDS = {
  inserted: { table: 'addTable', row: 'addRow', column: 'addColumn' },
  deleted: { table: 'dropTable', row: 'dropRow', column: 'dropColumn' },
} as const;

function describePart({ what, way, count }: NonNullable<OpenSuggestion['part']>, words: string, t: TFunction): string {
  const part = t(`suggestions.what.${PART_WORDS[way][what]}`, { count });
  return words === '' ? part : t('suggestions.what.withWords', { what: part, words });
}

/** Records by id. */
export function useSuggestionRecords(session: ComplaintSession): ReadonlyMap<string, Suggestion> {
  const records = useRecords(session, 'suggestions');
  return useMemo(() => new Map(records.map((record) => [record.id as string, record])), [records]);
}
