/** Coordination: what every room of it calls things, and the lists on the left. */
export const coordination = {
  agencySystem: 'hệ thống của cơ quan',
  states: {
    task: { open: 'Đang làm', done: 'Đã xong', cancelled: 'Đã bỏ' },
    opinion: { sent: 'Chờ ý kiến', overdue: 'Quá hạn chưa có ý kiến', answered: 'Đã có ý kiến', withdrawn: 'Đã rút' },
    transfer: { proposed: 'Chờ nơi nhận trả lời', accepted: 'Đã nhận', refused: 'Không nhận', withdrawn: 'Đã rút' },
    meeting: { planned: 'Đang chuẩn bị', invited: 'Đã mời', held: 'Đã họp', concluded: 'Đã kết luận', cancelled: 'Đã hủy' },
  },
  caseLinks: { title: 'Phối hợp với cơ quan khác', opinions: 'Lấy ý kiến các cơ quan', asked: 'Đã hỏi ý kiến', meeting: 'Mời họp', transfer: 'Chuyển xử lý', share: 'Chia sẻ hồ sơ' },
  nav: {
    group: 'Phối hợp',
    papers: 'Văn thư',
    day: 'Hôm nay',
    opinions: 'Lấy ý kiến',
    meetings: 'Họp',
    transfers: 'Chuyển xử lý',
    tasks: 'Việc và thời hạn',
    steering: 'Điều hành',
    shared: 'Hồ sơ được chia sẻ',
    incoming: 'Nhập gói từ tỉnh khác',
    peers: 'Nơi trao đổi',
    registers: 'Sổ văn bản',
    templates: 'Mẫu văn bản',
    alerts: 'Thư cảnh báo',
    news: 'Tin mới',
    calendar: 'Lịch làm việc',
  },
};
