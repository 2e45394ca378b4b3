import { useCallback, useEffect, useRef } from 'react';

const FOCUSABLE =
  '[contenteditable="true"], button:not(:disabled):not([tabindex="-1"]), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Moves the focus from region to region (`data-region`), to the place it had there last, else the first stop. */
export function useRegions(): (by: 1 | -1) => void {
  const last = useRef(new WeakMap<Element, HTMLElement>());
  useEffect(() => {
    const onFocusIn = (event: FocusEvent) => {
      const target = event.target as HTMLElement;
      const region = target.closest('[data-region]');
      if (region && region !== target) last.current.set(region, target);
    };
    document.addEventListener('focusin', onFocusIn);
    return () => document.removeEventListener('focusin', onFocusIn);
  }, []);
  return useCallback((by) => {
    const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
      (region) => region.offsetParent !== null || region.getClientRects().length > 0,
    );
    const current = regions.findIndex((region) => region.contains(document.activeElement));
    const next = regions[(current + by + regions.length) % regions.length] ?? regions[0];
    if (!next) return;
    const remembered = last.current.get(next);
    const stop =
      remembered?.isConnected && next.contains(remembered) ? remembered : next.querySelector<HTMLElement>(FOCUSABLE);
    (stop ?? next).focus();
  }, []);
}
