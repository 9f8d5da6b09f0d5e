import { createHash } from 'node:crypto';
import { addNote, approveText, proposeText } from '#modules/cases/index.ts';
import { recordFigures, takeArrival, takeAtCounter } from '#modules/channels/index.ts';
import { noteHealth, recordArrival, type NewArrival } from '#modules/intake/index.ts';
import { system, type OfficerActor } from '../platform/actor.ts';
import type { SetClock } from '../platform/clock.ts';
import { inTransaction } from '../platform/db.ts';
import type { Desk } from '../platform/desk.ts';

const HOUR_MS = 3_600_000;
const MAILBOX = 'baocao@lachan.example';
const SMS_NUMBER = '8088';

const mail = (head: readonly string[], body: string): string =>
  [`To: ${MAILBOX}`, ...head, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', body].join('\r\n');

/** What came in the last hours: two mails, a text message, a newsletter that is set aside, a mail nobody can read. */
const ARRIVED: readonly { readonly hoursAgo: number; readonly media: 'mail' | 'sms'; readonly sender: string; readonly original: string }[] = [
  { hoursAgo: 30, media: 'mail', sender: 'thu-vien@truong.example', original: mail(['From: thu-vien@truong.example', 'List-Id: <tin@truong.example>', 'Subject: =?utf-8?Q?B=E1=BA=A3n_tin_tu=E1=BA=A7n?='], 'Bản tin tuần của thư viện trường.') },
  { hoursAgo: 9, media: 'mail', sender: 'hoa.nong@thu.example', original: mail(['From: "Nong Thi Hoa" <hoa.nong@thu.example>', 'Subject: =?utf-8?Q?Trang_gi=E1=BA=A3_=C4=91i=E1=BB=87n_l=E1=BB=B1c?=', 'Message-ID: <1@thu.example>'],
    'Kính gửi cơ quan,\r\n\r\nNhà tôi nhận tin báo sắp cắt điện, bảo vào hxxps://dienluc-hoantien[.]example/tra-cuu nhập số thẻ. Tôi thấy nghi nên chưa làm. Mong cơ quan kiểm tra giúp.') },
  { hoursAgo: 6, media: 'sms', sender: '+84905111222', original: JSON.stringify({ id: 'demo-1', from: '+84905111222', text: 'Co nguoi goi tu 0900 123 123 xung la cong an, bat cai ung dung tu vneid-capnhat.example' }) },
  { hoursAgo: 3, media: 'mail', sender: 'khong-ro@khac.example', original: `From: khong-ro@khac.example\r\nTo: ${MAILBOX}\r\nSubject: =?utf-8?Q?T=E1=BB=87p?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\nContent-Type: text/plain\r\n\r\nA\r\n'.repeat(400)}--x--\r\n` },
];

/** Reviewed texts, by title. */
const TEXTS = [
  { title: 'Xin thêm ảnh chụp màn hình', bodyVi: 'Bạn vui lòng gửi thêm ảnh chụp màn hình của trang hoặc tin nhắn đó. Bạn hãy che số thẻ và mã OTP trước khi gửi.', bodyEn: 'Please send a screenshot of the page or message. Cover card numbers and one-time codes first.' },
  { title: 'Đã cảnh báo công khai', bodyVi: 'Cảm ơn bạn. Chúng tôi đã xác minh và công bố cảnh báo. Nếu đã chuyển tiền, bạn hãy gọi ngay cho ngân hàng và báo Công an xã, phường.', bodyEn: 'Thank you. We have verified this and published a warning. If you sent money, call your bank now and tell the police of your commune.' },
  { title: 'Chuyển Công an xem xét', bodyVi: 'Nội dung bạn phản ánh có dấu hiệu tội phạm. Chúng tôi đề nghị bạn báo thêm với Công an xã, phường nơi gần nhất.', bodyEn: 'What you describe may be a crime. Please also report it to the nearest police station.' },
] as const;

/** Adds to the sample province what came by other ways than the portal, as it would have come. */
export async function fillChannels(desk: Desk, clock: SetClock, people: { clerk: OfficerActor; caseOfficer: OfficerActor; reviewer: OfficerActor }, now: Date): Promise<void> {
  const hoursAgo = (hours: number) => clock.set(new Date(now.getTime() - hours * HOUR_MS));
  for (const one of ARRIVED) {
    hoursAgo(one.hoursAgo);
    await arrive(desk, one);
  }
  hoursAgo(5);
  await takeAtCounter(desk, people.clerk, {
    channel: 'post', formKey: 'du-lieu-mau-thu-giay-1', scans: [], document: { number: 214, year: now.getUTCFullYear() }, language: 'vi',
    fields: { category: 'scam', narrative: 'Thư của ông Vi Văn Páo: bị người xưng cán bộ bưu điện gọi, bảo chuyển 3 triệu đồng phí hải quan cho một bưu phẩm không có thật.', traces: '', money_lost: '3 triệu', commune: '-', contact_kind: 'anonymous' },
  });
  for (const [index, text] of TEXTS.entries()) {
    const id = await inTransaction(desk, people.caseOfficer, (tx) => proposeText(tx, people.caseOfficer, text));
    if (index < 2) await inTransaction(desk, people.reviewer, (tx) => approveText(tx, people.reviewer, id));
  }
  await inTransaction(desk, people.caseOfficer, async (tx) => {
    const open = await tx.selectFrom('case_file').select('id').where('state', '=', 'verifying').orderBy('id', 'desc').executeTakeFirst();
    if (open) await addNote(tx, people.caseOfficer, { caseId: open.id }, 'Đã gọi nhà đăng ký tên miền, họ hẹn trả lời chiều mai.');
  });
  await inTransaction(desk, people.caseOfficer, (tx) => recordFigures(tx, people.caseOfficer, FIGURES.map((figure) => ({ ...figure, from: '2026-01-01', to: '2026-06-30', source: 'Trung tâm giám sát an toàn thông tin tỉnh (dữ liệu mẫu)' }))));
  clock.set(now);
}

const FIGURES = [
  { kind: 'phishing_sites', value: 253, qualifier: '' }, { kind: 'miner_connections', value: 1878, qualifier: '' }, { kind: 'c2_connections', value: 42_000, qualifier: 'more_than' },
] as const;

async function arrive(desk: Desk, { media, sender, original }: (typeof ARRIVED)[number]): Promise<void> {
  const bytes = Buffer.from(original);
  const channel: NewArrival['channel'] = media === 'mail' ? 'email' : 'sms';
  const receiver = media === 'mail' ? MAILBOX : SMS_NUMBER;
  const { id } = await recordArrival(desk, {
    channel, media, receiver, sender, externalKey: createHash('sha256').update(bytes).digest('hex'), original: bytes, officerId: null, document: null,
    arrivedAt: desk.clock.now(), facts: { size: bytes.length },
  });
  await takeArrival(desk, id);
  await noteHealth(desk, system('demo'), { channel, endpoint: receiver, ok: true, arrived: true });
}
