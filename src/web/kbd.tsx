import type { VNode } from 'preact';
import { type Lang, messages } from './i18n/index.ts';

/** A key of the keyboard. */
export function Kbd({ children }: { children: string }): VNode {
  return <kbd>{children}</kbd>;
}

/** One quiet line under a list naming the keys that work in it. */
export function KeyHints({ lang }: { lang: Lang }): VNode {
  const { keys } = messages(lang).common;
  return (
    <p class="keys" aria-label={keys.hints}>
      <Kbd>j</Kbd> <Kbd>k</Kbd> {keys.move} · <Kbd>Enter</Kbd> {keys.open} · <Kbd>/</Kbd> {keys.search} · <Kbd>?</Kbd> {keys.help}
    </p>
  );
}

/** The dialog that `?` opens; `ConsolePage` carries it. */
export function KeyHelp({ lang }: { lang: Lang }): VNode {
  const { keys, button } = messages(lang).common;
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['j', 'k'], keys.moveLong],
    [['Enter'], keys.openLong],
    [['/'], keys.searchLong],
    [['?'], keys.helpLong],
  ];
  return (
    <dialog id="help" aria-labelledby="help-title">
      <h2 id="help-title">{keys.title}</h2>
      <dl class="kv">
        {rows.map(([names, text]) => (
          <div>
            <dt>
              {names.map((name) => (
                <>
                  <Kbd>{name}</Kbd>{' '}
                </>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button class="btn q" type="submit">
          {button.close}
        </button>
      </form>
    </dialog>
  );
}
