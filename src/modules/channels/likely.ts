import type { CategoryCode } from '#catalogue/categories.ts';
import { searchKey } from '#core/vietnamese.ts';

/**
 * Words by which a mail or text message, which come without a category, are put into one for the time being. First match counts,
 * the matters that must be handled with most care first. An officer decides at the gate; nothing else is made of it.
 */
const WORDS: readonly (readonly [CategoryCode, readonly string[]])[] = [
  ['intimate_images', ['anh nong', 'anh nhay cam', 'clip nhay cam', 'clip nong', 'anh khoa than', 'video khoa than', 'tung anh', 'tung clip', 'nude', 'sex']],
  ['threat_harassment', ['doa giet', 'doa danh', 'doa chem', 'de doa tinh mang', 'khung bo tinh than', 'goi dien khung bo', 'kill me', 'threatens to']],
  ['illegal_gambling_ads', ['ca do', 'ca cuoc', 'nha cai', 'danh bac', 'tai xiu', 'casino', 'no hu', 'xoc dia', 'lo de']],
  ['malware_attack', ['ma doc', 'file apk', 'tep apk', '.apk', 'virus', 'cai ung dung la', 'chiem quyen dieu khien', 'malware']],
  ['counterfeit_unlicensed_goods', ['hang gia', 'hang nhai', 'thuoc gia', 'my pham gia', 'khong giay phep', 'counterfeit']],
  ['personal_data_abuse', ['lo thong tin', 'mua ban thong tin', 'ban du lieu ca nhan', 'lo du lieu', 'personal data']],
  ['spam_calls_messages', ['tin nhan rac', 'cuoc goi rac', 'goi dien quang cao', 'quang cao lam phien', 'spam']],
  ['phishing_impersonation', ['gia mao', 'mao danh', 'trang web gia', 'website gia', 'link gia', 'gia danh', 'phishing', 'impersonat']],
];

/** The category a text is filed under until an officer looks: a scam unless its words say otherwise. */
export function likelyCategory(text: string): CategoryCode {
  const key = ` ${searchKey(text.slice(0, 20_000))} `;
  return WORDS.find(([, words]) => words.some((word) => key.includes(` ${word}`) || (word.startsWith('.') && key.includes(word))))?.[0] ?? 'scam';
}

/** Words that English text is full of and Vietnamese has none of. */
const ENGLISH = /\b(?:the|and|was|were|my|they|that|have|with|from|this|please|money|bank|account)\b/gi;
const VIETNAMESE_MARK = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/gi;
const FEWEST_ENGLISH = 4;
/** A name or two may carry marks in an English text. */
const MOST_MARKS = 2;

/** The language to answer in: English where the text clearly is, else Vietnamese. */
export function likelyLanguage(text: string): 'vi' | 'en' {
  const part = text.slice(0, 5000);
  const english = part.match(ENGLISH)?.length ?? 0;
  return english >= FEWEST_ENGLISH && (part.normalize('NFC').match(VIETNAMESE_MARK)?.length ?? 0) <= MOST_MARKS ? 'en' : 'vi';
}
