import { useEffect } from 'react';

const FOCUSABLE =
  '[contenteditable="true"], button:not(:disabled):not([tabindex="-1"]), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** F6 and Shift+F6 move the focus from region to region (`data-region`), to the place it had there last, else the first stop. */
export function useRegions(): void {
  useEffect(() => {
    const lastInside = new WeakMap<Element, HTMLElement>();
    const onFocusIn = (event: FocusEvent) => {
      const target = event.target as HTMLElement;
      const region = target.closest('[data-region]');
      if (region && region !== target) lastInside.set(region, target);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
        (region) => region.offsetParent !== null || region.getClientRects().length > 0,
      );
      const current = regions.findIndex((region) => region.contains(document.activeElement));
      const next = regions[(current + (event.shiftKey ? -1 : 1) + regions.length) % regions.length] ?? regions[0];
      if (!next) return;
      const remembered = lastInside.get(next);
      const stop =
        remembered?.isConnected && next.contains(remembered) ? remembered : next.querySelector<HTMLElement>(FOCUSABLE);
      (stop ?? next).focus();
    };
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
