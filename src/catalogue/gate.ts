import type { Label } from './label.ts';

export interface GateQuestion {
  readonly code: StopCode;
  readonly question: Label;
  /** What the reporter is told when this answer stops the report. */
  readonly told: Label;
}

/** The stop codes, one for each question of the gate (SCOPE.md). */
export const STOP_CODES = [
  'outside_list', 'opinion', 'reputation_of_public_body', 'falsehood_only', 'identify_person', 'whole_profile', 'self_interest',
] as const;

export type StopCode = (typeof STOP_CODES)[number];

/** The seven questions of the gate; one "yes" stops the report, with no override inside the product (SCOPE.md). */
export const GATE_QUESTIONS: readonly GateQuestion[] = [
  {
    code: 'outside_list',
    question: {
      vi: 'Việc này có nằm ngoài mười nhóm hành vi gây hại, hoặc chỉ vào được khi hiểu quá rộng không?',
      en: 'Is it outside the ten kinds of harm, or inside only by stretching one?',
    },
    told: {
      vi: 'Điều bạn phản ánh không thuộc mười nhóm hành vi gây hại mà chúng tôi được xử lý.',
      en: 'What you reported is not one of the ten kinds of harm we may act on.',
    },
  },
  {
    code: 'opinion',
    question: {
      vi: 'Đây có phải ý kiến, phê bình, châm biếm, quan điểm tôn giáo hay chính trị, tin tức, tài liệu bị lộ, kiến nghị, lời kêu gọi tụ họp ôn hòa hoặc tẩy chay không?',
      en: 'Is it an opinion, criticism, satire, a religious or political view, reporting, a leak, a petition, or a call to a peaceful gathering or boycott?',
    },
    told: {
      vi: 'Đây là ý kiến, phê bình hoặc tin tức. Chúng tôi không can thiệp vào quyền bày tỏ của ai.',
      en: 'This is an opinion, criticism or reporting. We do not interfere with anyone’s right to speak.',
    },
  },
  {
    code: 'reputation_of_public_body',
    question: {
      vi: 'Điều bị coi là gây hại có phải là uy tín của cơ quan nhà nước hoặc của cán bộ khi làm nhiệm vụ không, kể cả khi nội dung bị cho là sai?',
      en: 'Is the harm the reputation of a public body, or of an official acting as such, even if the statement is said to be false?',
    },
    told: {
      vi: 'Chuyện liên quan đến uy tín của cơ quan hoặc cán bộ nằm ngoài phạm vi của chúng tôi.',
      en: 'Matters of the reputation of an agency or official are outside our scope.',
    },
  },
  {
    code: 'falsehood_only',
    question: {
      vi: 'Lý do duy nhất có phải là “sai”, “xuyên tạc” hoặc “gây mất trật tự”, mà không có thiệt hại cụ thể cho ai không?',
      en: 'Is “false”, “distorting” or “harmful to order” the only ground, with no concrete harm to anyone?',
    },
    told: {
      vi: 'Phản ánh chưa nêu thiệt hại cụ thể nào thuộc phạm vi của chúng tôi.',
      en: 'The report names no concrete harm within our scope.',
    },
  },
  {
    code: 'identify_person',
    question: {
      vi: 'Yêu cầu có phải là tìm xem ai đó là ai, theo dõi một tài khoản, hoặc liệt kê bài đăng của một người không?',
      en: 'Is the request to find out who somebody is, to follow an account, or to list what somebody posts?',
    },
    told: {
      vi: 'Chúng tôi không tìm danh tính và không theo dõi tài khoản của bất kỳ ai.',
      en: 'We do not identify people and do not follow anybody’s account.',
    },
  },
  {
    code: 'whole_profile',
    question: {
      vi: 'Mục tiêu có phải là cả một người, một trang cá nhân hay một kênh, chứ không phải nội dung cụ thể không?',
      en: 'Is the target a whole person, profile or channel and not specific items?',
    },
    told: {
      vi: 'Chúng tôi chỉ xử lý nội dung cụ thể. Bạn có thể gửi lại với đường dẫn của từng nội dung.',
      en: 'We act on specific items only. You may report again with the link of each item.',
    },
  },
  {
    code: 'self_interest',
    question: {
      vi: 'Nội dung có nói về chính cơ quan gửi phản ánh hoặc cơ quan sẽ quyết định không?',
      en: 'Is the agency that reports or decides itself what the content is about?',
    },
    told: {
      vi: 'Cơ quan gửi phản ánh là bên có liên quan nên không thể tự yêu cầu xử lý.',
      en: 'The reporting agency is itself concerned and cannot ask for action.',
    },
  },
];
