import type { StopCode } from './gate.ts';
import type { Label } from './label.ts';

/** A phrase of the source regulation's own vocabulary, the question of the gate it raises, and why. */
export interface LoadedWord {
  readonly phrase: string;
  readonly question: StopCode;
  readonly why: Label;
}

const OPINION: Label = {
  vi: 'Từ này thường gọi tên một ý kiến hoặc lời phê bình. Phản ánh có nêu thiệt hại nào khác không?',
  en: 'This word usually names an opinion or criticism. Does the report tell of any other harm?',
};
const FALSEHOOD: Label = {
  vi: 'Sai hoặc gây xôn xao chưa phải là thiệt hại. Phản ánh có nêu ai bị hại và bị hại thế nào không?',
  en: 'Being false or upsetting is not yet a harm. Does the report say who was harmed, and how?',
};
const REPUTATION: Label = {
  vi: 'Uy tín của cơ quan hoặc của cán bộ khi làm nhiệm vụ không thuộc phạm vi, kể cả khi nội dung bị cho là sai.',
  en: 'The reputation of a public body or of an official as such is out of scope, even if the statement is said to be false.',
};
const IDENTIFY: Label = {
  vi: 'Không tìm xem ai đó là ai, không theo dõi tài khoản. Bỏ yêu cầu này ra thì phản ánh còn gì?',
  en: 'Nobody is identified or followed here. What is left of the report without this request?',
};
const PROFILE: Label = {
  vi: 'Không xử lý cả một trang hay một kênh. Phản ánh có nêu nội dung cụ thể không?',
  en: 'A whole page or channel is never acted on. Does the report name specific items?',
};
/** For an agency's name beside a word of criticism. */
export const SELF: Label = {
  vi: 'Tên cơ quan liên quan đứng gần lời chê trách. Nội dung có nói về chính cơ quan đó không?',
  en: 'The name of an agency concerned stands near words of criticism. Is the content about that agency itself?',
};

const of = (question: StopCode, why: Label, phrases: readonly string[]): readonly LoadedWord[] => phrases.map((phrase) => ({ phrase, question, why }));

/**
 * Words that made the source regulation's object open: they may raise a question of the gate and do nothing else. Source: the
 * coordination regulation (Decision 14/2021), articles 1, 2 and 4, and letters written under such regulations.
 */
export const LOADED_WORDS: readonly LoadedWord[] = [
  ...of('opinion', OPINION, [
    'xấu độc', 'độc hại về tư tưởng', 'phản động', 'chống phá', 'thù địch', 'kích động', 'tuyên truyền chống', 'diễn biến hòa bình', 'lệch lạc', 'quan điểm sai trái',
    'nói xấu chế độ', 'chống đối', 'suy diễn', 'bình luận ác ý', 'trái chiều', 'kêu gọi tụ tập', 'kêu gọi biểu tình', 'kêu gọi tẩy chay',
  ]),
  ...of('falsehood_only', FALSEHOOD, [
    'xuyên tạc', 'sai sự thật', 'không đúng sự thật', 'gây hoang mang', 'gây hoang mang dư luận', 'hoang mang dư luận', 'gây bức xúc dư luận', 'dư luận xấu', 'bịa đặt', 'tin giả',
    'ảnh hưởng an ninh trật tự', 'gây mất trật tự', 'gây rối dư luận', 'thông tin một chiều', 'thất thiệt',
  ]),
  ...of('reputation_of_public_body', REPUTATION, [
    'bôi nhọ', 'bôi nhọ lãnh đạo', 'hạ thấp uy tín', 'hạ uy tín', 'uy tín cơ quan', 'uy tín của cơ quan', 'uy tín lãnh đạo', 'uy tín của lãnh đạo', 'uy tín cán bộ', 'uy tín của cán bộ',
    'uy tín chính quyền', 'uy tín của chính quyền', 'uy tín tổ chức', 'uy tín của tổ chức', 'danh dự cơ quan', 'danh dự của cơ quan', 'hình ảnh cơ quan', 'hình ảnh của địa phương',
    'nói xấu lãnh đạo', 'nói xấu cán bộ', 'nói xấu chính quyền', 'xúc phạm lãnh đạo',
  ]),
  ...of('identify_person', IDENTIFY, [
    'đề nghị xử lý người đăng', 'xử lý người đăng', 'xử lý người viết', 'tìm chủ tài khoản', 'tìm người đăng', 'xác minh chủ tài khoản', 'truy tìm người', 'làm rõ nhân thân', 'truy vết người đăng',
    'theo dõi tài khoản', 'theo dõi trang', 'theo dõi người', 'danh tính người đăng', 'chủ tài khoản là ai', 'lập danh sách người', 'mời lên làm việc',
  ]),
  ...of('whole_profile', PROFILE, [
    'khóa tài khoản', 'khóa kênh', 'khóa trang', 'gỡ toàn bộ trang', 'xóa toàn bộ trang', 'chặn cả trang', 'chặn toàn bộ kênh', 'đóng trang', 'đóng fanpage', 'toàn bộ bài đăng của',
  ]),
];

/** Words of criticism: beside the name of an agency concerned they raise the question of self-interest. */
export const CRITICISM: readonly string[] = [
  'chê', 'chê bai', 'phê bình', 'phê phán', 'chỉ trích', 'phàn nàn', 'nói xấu', 'bôi nhọ', 'xúc phạm', 'xuyên tạc', 'vu khống', 'uy tín', 'danh dự', 'hình ảnh của', 'bức xúc', 'bất bình',
  'phản đối', 'chậm trễ', 'làm việc chậm', 'quan liêu', 'hách dịch', 'nhũng nhiễu', 'tham nhũng', 'tiêu cực', 'vô trách nhiệm', 'sai phạm', 'châm biếm', 'chế giễu', 'ảnh chế',
  'đánh giá 1 sao', 'đánh giá một sao',
];
