// SPDX-License-Identifier: EUPL-1.2

/** A button that does what Ctrl and P do. Its words come with the page; without script there is none. */
export function startPrintButton(target: HTMLElement, print: () => void): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button go';
  button.textContent = target.dataset.words ?? '';
  button.addEventListener('click', print);
  target.replaceChildren(button);
}
