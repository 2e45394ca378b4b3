import { type CSSProperties, type RefObject, useLayoutEffect, useState } from 'react';

/** Style that lays an element over the page area of the window while `active`; undefined otherwise. */
export function useOverPage(element: RefObject<HTMLElement | null>, active: boolean): CSSProperties | undefined {
  const [style, setStyle] = useState<CSSProperties>();
  useLayoutEffect(() => {
    const area = active ? document.querySelector('main') : null;
    if (!area || !element.current) {
      setStyle(undefined);
      return;
    }
    const frame = element.current.closest<HTMLElement>('.app') ?? document.documentElement;
    const measure = () => {
      // Under the interface size (a CSS zoom) measured px are larger than written ones.
      const scale = (frame as { currentCSSZoom?: number }).currentCSSZoom ?? 1;
      const outer = frame.getBoundingClientRect();
      const inner = area.getBoundingClientRect();
      setStyle({
        position: 'fixed',
        zIndex: 7,
        left: (inner.left - outer.left) / scale,
        top: (inner.top - outer.top) / scale,
        width: inner.width / scale,
        height: inner.height / scale,
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(area);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [active, element]);
  return style;
}
