/**
 * Progressive enhancement of the console: keys in lists and copies of unfinished forms. Every page works without it.
 * Nothing here changes what stands on the page, so nothing moves under the pointer.
 */

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-row]')];
const linkOf = (row: HTMLElement): HTMLElement => row.querySelector<HTMLElement>('a[href]') ?? row;
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input,textarea,select'));

/** Moves the focus `step` rows from the row that has it; from outside, to the row shown beside the list or the first. */
function move(step: number): void {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const open = all.findIndex((row) => row.querySelector('[aria-current]'));
  const next = all[here < 0 ? Math.max(open, 0) : Math.min(Math.max(here + step, 0), all.length - 1)];
  if (next) linkOf(next).focus();
}

function help(): void {
  const dialog = document.getElementById('help');
  if (dialog && 'showModal' in dialog) (dialog as HTMLDialogElement).showModal();
  else document.querySelector<HTMLElement>('[data-help]')?.click();
}

const keys = new Map<string, () => void>([
  ['j', () => move(1)],
  ['k', () => move(-1)],
  ['/', () => {
    const search = document.querySelector<HTMLInputElement>('[data-search]');
    search?.focus();
    search?.select();
  }],
  ['?', help],
  ['Enter', () => {
    const row = document.activeElement;
    if (row instanceof HTMLElement && row.matches('[data-row]:not(a)')) linkOf(row).click();
  }],
]);

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  const act = keys.get(event.key);
  if (!act) return;
  if (event.key !== 'Enter') event.preventDefault();
  act();
});

// Taking a call: in a list of choices that show digits a digit chooses; Ctrl+Enter sends from any field.
document.addEventListener('keydown', (event) => {
  const field = event.target;
  const form = field instanceof HTMLElement ? field.closest<HTMLFormElement>('.take') : null;
  if (!form) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key === 'Enter') form.querySelector<HTMLButtonElement>('[value=gui]')?.click();
    return;
  }
  if (!(field instanceof HTMLInputElement) || field.type !== 'radio') return;
  for (const radio of form.querySelectorAll<HTMLInputElement>(`[name=${field.name}]`)) {
    if (radio.closest('label')?.querySelector('kbd')?.textContent !== event.key) continue;
    radio.focus();
    radio.click();
  }
});

// "Choose this whole page" ticks where it stands; without a script the page comes back ticked.
for (const link of document.querySelectorAll<HTMLElement>('[data-tick]')) {
  link.addEventListener('click', (event) => {
    const boxes = [...link.closest('form')!.querySelectorAll<HTMLInputElement>(`[name="${link.dataset.tick}"]`)];
    const ticked = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !ticked;
    event.preventDefault();
  });
}

// Copies of unfinished forms live in this tab only, apart for each person, and end with the session.
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const clear = document.body.dataset.clear;
const user = document.body.dataset.user ?? '';
const PREFIX = 'keep:';
const keyOf = (form: HTMLFormElement): string => `${PREFIX}${form.dataset.keep}:${user}:${location.pathname}${location.search}`;
const store = sessionStorage;
const drop = (prefix: string): void => {
  for (const key of Object.keys(store)) if (key.startsWith(prefix)) store.removeItem(key);
};
/** The fields a copy may hold: never hidden ones (tokens), passwords or files. */
const fieldsOf = (form: HTMLFormElement): Field[] =>
  ([...form.elements] as Field[]).filter(
    (field) => field.name && field.matches('input:not([type=hidden],[type=password],[type=file]),textarea,select'),
  );
/** What a field holds: whether it is ticked, or its text. */
const read = (field: Field): string | boolean => (field.matches('[type=radio],[type=checkbox]') ? (field as HTMLInputElement).checked : field.value);

if (clear) drop(`${PREFIX}${clear}:`);
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keep]')) {
  const id = (field: Field): string => `${field.name}\n${field.matches('[type=radio],[type=checkbox]') ? field.value : ''}`;
  try {
    const kept: Record<string, string | boolean> = JSON.parse(store.getItem(keyOf(form)) ?? '{}');
    let changed = false;
    for (const field of fieldsOf(form)) {
      const value = kept[id(field)];
      if (value === undefined || value === read(field)) continue;
      changed = true;
      if (typeof value === 'boolean') (field as HTMLInputElement).checked = value;
      else field.value = value;
    }
    const note = form.querySelector<HTMLElement>('[data-kept]');
    if (changed && note) note.textContent = note.dataset.kept ?? '';
  } catch {
    store.removeItem(keyOf(form));
  }
  // A text that the server puts in comes back with everything typed; an older copy must not cover it.
  form.addEventListener('submit', (event) => {
    if ((event.submitter as HTMLButtonElement | null)?.name === 'insert') store.removeItem(keyOf(form));
  });
  form.addEventListener('input', () => {
    try {
      store.setItem(keyOf(form), JSON.stringify(Object.fromEntries(fieldsOf(form).map((field) => [id(field), read(field)]))));
    } catch {
      // The tab's storage is full or refused: the form still works, only without a copy.
    }
  });
}
document.querySelector('[data-sign-out]')?.addEventListener('submit', () => drop(PREFIX));
