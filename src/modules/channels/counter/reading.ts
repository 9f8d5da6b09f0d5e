import type { Lang } from '#web/i18n/index.ts';

/**
 * A report code in the groups a person reads it out in: `PA-04-261122-0001-7` → `P A`, `04`, `26 11 22`, `0001`, `7`.
 * @param code as reportCode of #core/codes.ts gives it
 */
export function spokenCode(code: string): readonly string[] {
  return code.split('-').map((part) => {
    if (/^[A-Z]+$/.test(part)) return [...part].join(' ');
    return part.length === 6 ? part.replace(/..(?=.)/g, '$& ') : part;
  });
}

/**
 * Words to tell letters apart by ear; the letters are those of a secret (Crockford's base 32: no I, L, O, U). Vietnamese: names everybody knows, by the
 * sound of their first letter (C and K, S and X, D and Đ are told apart by the name); English: the ICAO spelling alphabet.
 */
const WORDS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  vi: {
    A: 'An', B: 'Bình', C: 'Cường', D: 'Dũng', E: 'Em', F: 'ép-phờ', G: 'Giang', H: 'Hà', J: 'Jun', K: 'Kiên', M: 'Minh', N: 'Nam', P: 'Phú', Q: 'Quang', R: 'Rừng', S: 'Sông',
    T: 'Tâm', V: 'Vinh', W: 'vê kép', X: 'Xuân', Y: 'Yến', Z: 'zét',
  },
  en: {
    A: 'Alfa', B: 'Bravo', C: 'Charlie', D: 'Delta', E: 'Echo', F: 'Foxtrot', G: 'Golf', H: 'Hotel', J: 'Juliett', K: 'Kilo', M: 'Mike', N: 'November', P: 'Papa', Q: 'Quebec', R: 'Romeo',
    S: 'Sierra', T: 'Tango', V: 'Victor', W: 'Whiskey', X: 'X-ray', Y: 'Yankee', Z: 'Zulu',
  },
};

/** A secret `7K2M-9QXR-…` in its groups, each with the words to read its characters by. */
export function spokenSecret(secret: string, lang: Lang): readonly { readonly group: string; readonly words: readonly string[] }[] {
  return secret.split('-').map((group) => ({ group, words: [...group].map((character) => WORDS[lang][character] ?? character) }));
}
