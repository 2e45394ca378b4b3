import { type KeyboardEvent, useRef } from 'react';

export interface TabItem<T extends string> {
  id: T;
  title: string;
}

/** A tab list with one stop; arrow keys, Home and End move and choose. The panel's id is `<idBase>-panel`. */
export function Tabs<T extends string>({
  idBase,
  label,
  items,
  current,
  onChange,
}: {
  idBase: string;
  label: string;
  items: readonly TabItem<T>[];
  current: T;
  onChange(id: T): void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const index = items.findIndex((item) => item.id === current);
    const last = items.length - 1;
    const next =
      event.key === 'ArrowRight'
        ? index === last
          ? 0
          : index + 1
        : event.key === 'ArrowLeft'
          ? index === 0
            ? last
            : index - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? last
              : -1;
    const item = items[next];
    if (!item) return;
    event.preventDefault();
    onChange(item.id);
    list.current?.querySelector<HTMLElement>(`#${idBase}-tab-${item.id}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.id}
          id={`${idBase}-tab-${item.id}`}
          type="button"
          role="tab"
          className="tab"
          aria-selected={item.id === current}
          aria-controls={`${idBase}-panel`}
          tabIndex={item.id === current ? 0 : -1}
          onClick={() => onChange(item.id)}
        >
          {item.title}
        </button>
      ))}
    </div>
  );
}
