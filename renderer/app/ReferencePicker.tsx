import { useEffect, useId, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditorApi } from '../editor/EditorApi.ts';
import type { Trigger } from '../editor/ReferenceApi.ts';
import { useDocumentIndex, useRecords } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { listReferences, type ReferenceOption } from './listReferences.ts';
import './reference-picker.css';

/** The list at the caret while somebody looks for what to refer to; the caret stays in the text. */
export function ReferencePicker() {
  const { editor, session, open } = useWorkbench();
  const trigger = useSyncExternalStore(editor ? editor.subscribeTrigger : NOTHING, () => editor?.getTrigger() ?? null);
  useEffect(() => {
    if (!editor) return;
    editor.setReferenceOpener((reference) => {
      if (reference.kind === 'exhibit') {
        const exhibit = session.getRecords('exhibits').find(({ id }) => id === reference.target);
        if (exhibit) open({ kind: 'exhibit', exhibitId: exhibit.id, returnTo: { nodeKey: reference.nodeKey } });
        return exhibit !== undefined;
      }
      const person =
        reference.kind === 'person' && session.getRecords('people').find(({ id }) => id === reference.target);
      if (person) open({ kind: 'person', personId: person.id });
      return Boolean(person);
    });
    return () => editor.setReferenceOpener(null);
  }, [editor, session, open]);
  if (!editor || !trigger || session.readOnly) return null;
  return <OpenList key={`${trigger.nodeKey}-${trigger.offset}`} editor={editor} trigger={trigger} />;
}

const NOTHING = () => () => {};

function OpenList({ editor, trigger }: { editor: EditorApi; trigger: Trigger }) {
  const { t } = useTranslation();
  const { session, announce } = useWorkbench();
  const index = useDocumentIndex();
  const exhibits = useRecords(session, 'exhibits');
  const people = useRecords(session, 'people');
  const options = useMemo(() => listReferences(trigger, index, exhibits, people), [trigger, index, exhibits, people]);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const active = Math.max(
    0,
    options.findIndex((option) => option.id === chosen),
  );
  const insert = (option: ReferenceOption | undefined): void => {
    if (option && editor.insertReference(option.choice))
      announce(t('references.inserted', { name: option.name.replaceAll('\u00a0', ' ') }));
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const last = options.length - 1;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (event.altKey || event.shiftKey || last < 0) return false;
        const next = event.key === 'ArrowDown' ? (active === last ? 0 : active + 1) : active === 0 ? last : active - 1;
        setChosen(options[next]?.id ?? null);
        return true;
      }
      case 'Enter':
      case 'Tab':
        if (last < 0) {
          editor.dismissTrigger();
          return false;
        }
        insert(options[active]);
        return true;
      case 'Escape':
        editor.dismissTrigger();
        return true;
      default:
        return false;
    }
  };
  const current = useRef(onKey);
  current.current = onKey;
  useEffect(() => {
    editor.setTriggerKeys((event) => current.current(event));
    return () => {
      editor.setTriggerKeys(null);
      editor.setTriggerOption(null, null);
    };
  }, [editor]);
  const optionId = options[active] ? `${id}-${active}` : null;
  useEffect(() => {
    editor.setTriggerOption(`${id}-list`, optionId);
    if (optionId) document.getElementById(optionId)?.scrollIntoView({ block: 'nearest' });
  }, [editor, id, optionId]);
  useEffect(() => {
    const element = box.current;
    const place = editor.triggerPlace();
    if (!element || !place) return;
    const { width, height } = element.getBoundingClientRect();
    const below = place.bottom + 6 + height <= window.innerHeight;
    element.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - width - 8))}px`;
    element.style.top = `${below ? place.bottom + 6 : Math.max(8, place.top - height - 6)}px`;
  });
  return (
    <div className="reference-picker" ref={box}>
      <div className="reference-list" role="listbox" id={`${id}-list`} aria-label={t('references.list')}>
        {options.map((option, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text takes the keys
          <div
            key={option.id}
            id={`${id}-${position}`}
            role="option"
            tabIndex={-1}
            aria-selected={position === active}
            aria-label={`${t(`references.kinds.${option.choice.kind}`)} ${option.name} ${option.detail}`.trim()}
            className="reference-option"
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setChosen(option.id)}
            onClick={() => insert(option)}
          >
            <b className="serif">{option.name}</b>
            <span>{option.detail || t(`references.kinds.${option.choice.kind}`)}</span>
          </div>
        ))}
      </div>
      {options.length === 0 && <p className="reference-nothing">{t('references.nothing')}</p>}
      <p className="visually-hidden" role="status">
        {options.length > 0
          ? `${t('references.found', { count: options.length })}. ${t('references.listHint')}`
          : t('references.nothing')}
      </p>
    </div>
  );
}
