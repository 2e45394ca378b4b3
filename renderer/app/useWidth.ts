import { type RefObject, useEffect, useState } from 'react';

/** Width of an element in its own CSS px (the interface size already taken out), kept current. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(() => innerWidth);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidthPx(element.offsetWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return widthPx;
}
