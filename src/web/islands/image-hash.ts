/**
 * Works out SHA-256 codes of chosen files in the browser (Web Cryptography API) and adds them to the text field. No file leaves
 * the page: the policy of the desk allows no connection from a script, and the field for files belongs to no form.
 */
const MOST_FILES = 20;
/** Larger ones are read whole into memory and would end the tab of a small phone. */
const MOST_BYTES = 200 * 1024 * 1024;

const part = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const said = part('hash-said');
const input = part<HTMLInputElement>('hash-files');
const field = document.querySelector<HTMLTextAreaElement>('textarea[name=traces]')!;

async function codeOf(file: File): Promise<string> {
  if (file.size === 0 || file.size > MOST_BYTES) throw new Error('size');
  const digest = await crypto.subtle.digest('SHA-256', await new Response(file).arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function addCodes(): Promise<void> {
  const files = [...(input.files ?? [])].slice(0, MOST_FILES);
  if (files.length === 0) return;
  said.textContent = said.dataset.working ?? '';
  let failed = false;
  for (const file of files) {
    try {
      const code = await codeOf(file);
      if (!field.value.includes(code)) field.value = `${field.value.trimEnd()}\n${code}\n`.trimStart();
    } catch {
      failed = true;
    }
  }
  said.textContent = (failed ? said.dataset.failed : said.dataset.done) ?? '';
  input.value = '';
}

// Absent where the page is not opened by https: the page then says what to do without.
if (crypto.subtle) {
  part('no-hash').hidden = true;
  part('hash').hidden = false;
  input.addEventListener('change', () => void addCodes());
}
