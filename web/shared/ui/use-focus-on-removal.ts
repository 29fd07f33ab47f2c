import { type RefObject, useLayoutEffect, useRef } from 'react';

const FOCUSABLE = 'button, summary, a[href]';

const findHeading = (): HTMLElement | null => document.querySelector('h1');

/** For an action that removes all rows of a list, and its own button with them. */
export const focusHeading = (): void => findHeading()?.focus();

/**
 * For a button of a row. If it is removed while it has the focus, alone or with its row, the focus goes to what is next in the row,
 * then to the next row, the previous row, or the heading of the section, so that the keyboard goes on from there. In a dialog
 * nothing is done: the focus returns to what has opened it.
 */
export function useFocusOnRemoval(): RefObject<HTMLButtonElement | null> {
  const ref = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const { current: button } = ref;
    // It is still in the page then.
    return () => {
      const row = button?.closest('li');
      if (!button || !row || button !== document.activeElement || button.closest('[role$=dialog]')) return;
      const heirs = listHeirs(button, row);
      // Once all that goes with it is removed.
      queueMicrotask(() => heirs.find((heir) => heir.isConnected)?.focus());
    };
  }, []);
  return ref;
}

function listHeirs(button: HTMLElement, row: HTMLElement): HTMLElement[] {
  const inList = [...(row.parentElement?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])];
  const place = inList.indexOf(button);
  const others = [...inList.slice(place + 1), ...inList.slice(0, place).reverse()];
  const headings = [button.closest('section')?.querySelector('h2'), findHeading()];
  return [...others.filter((other) => row.contains(other)), ...others, ...headings].filter((heir) => heir != null);
}
