import { type RefObject, useLayoutEffect, useState } from 'react';

const GAP_PX = 2;
const NONE: ReadonlySet<string> = new Set();

/**
 * Which tools of a bar have no room in one row, so that they go into its menu. `leaving`: tools in the order in which
 * they leave. Every tool carries `data-tool`; `content` changes whenever their words do. Widths are read when the words
 * or the room change, never while one types.
 */
export function useFittingTools(
  bar: RefObject<HTMLElement | null>,
  leaving: readonly string[],
  content: string,
): ReadonlySet<string> {
  const [hidden, setHidden] = useState<{ content: string; ids: ReadonlySet<string> }>({ content, ids: NONE });
  // Other words: everything is shown once, unpainted, to be measured.
  const shown = hidden.content === content ? hidden.ids : NONE;

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew with other words alone
  useLayoutEffect(() => {
    const element = bar.current;
    const room = element?.parentElement;
    if (!element || !room) return;
    let widths = measure(element);
    const fitTools = (): void => {
      const { paddingLeft, paddingRight } = getComputedStyle(room);
      const availablePx = room.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      let usedPx = widths.fixedPx + [...widths.tools.values()].reduce((sum, each) => sum + each, 0);
      const ids = new Set<string>();
      for (const id of leaving) {
        if (usedPx <= availablePx) break;
        const widthPx = widths.tools.get(id);
        if (widthPx === undefined) continue;
        ids.add(id);
        usedPx -= widthPx;
      }
      setHidden((before) =>
        before.content === content && before.ids.size === ids.size && [...ids].every((id) => before.ids.has(id))
          ? before
          : { content, ids },
      );
    };
    fitTools();
    const observer = new ResizeObserver(fitTools);
    observer.observe(room);
    let gone = false;
    // The interface's own font may come after the first layout; what has left the bar is measured as it was.
    void document.fonts.ready.then(() => {
      if (gone) return;
      const now = measure(element);
      widths = { fixedPx: now.fixedPx, tools: new Map([...widths.tools, ...now.tools]) };
      fitTools();
    });
    return () => {
      gone = true;
      observer.disconnect();
    };
  }, [bar, content]);
  return shown;
}

/** Widths in px with the gap behind each; `fixedPx` is everything that never leaves. */
function measure(bar: HTMLElement): { fixedPx: number; tools: Map<string, number> } {
  const tools = new Map<string, number>();
  const style = getComputedStyle(bar);
  let fixedPx = ['paddingLeft', 'paddingRight', 'borderLeftWidth', 'borderRightWidth'].reduce(
    (sum, side) => sum + Number.parseFloat(style[side as 'paddingLeft']),
    0,
  );
  for (const child of bar.children as HTMLCollectionOf<HTMLElement>) {
    const { marginLeft, marginRight } = getComputedStyle(child);
    const widthPx = child.offsetWidth + Number.parseFloat(marginLeft) + Number.parseFloat(marginRight) + GAP_PX;
    const id = child.dataset['tool'];
    if (id) tools.set(id, widthPx);
    else fixedPx += widthPx;
  }
  return { fixedPx, tools };
}
