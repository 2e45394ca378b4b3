import { type ReactNode, useEffect, useRef } from 'react';

/** A small panel under the toolbar; Escape or a click elsewhere closes it, focus goes in and comes back by the caller. */
export function ToolbarPopover({
  label,
  stays = false,
  onClose,
  children,
}: {
  label: string;
  /** A click elsewhere does not close it: what was typed in it would be lost. */
  stays?: boolean;
  onClose(refocus: boolean): void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('select, input, textarea, button')?.focus();
    if (stays) return;
    const onPointerDown = (event: PointerEvent) => {
      const target = event.target as Element;
      if (!box.current?.contains(target) && !target.closest('[data-popover-button]')) close.current(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [stays]);
  return (
    <div
      className="toolbar-popover"
      role="dialog"
      aria-label={label}
      ref={box}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose(true);
        }
      }}
    >
      {children}
    </div>
  );
}
