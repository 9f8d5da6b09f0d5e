/** Messages of the area `tasks` in Vietnamese (the source; `en/tasks.ts` must follow): my day, tasks, the leader's page, the working calendar. */
export const tasks = {
  due: {
    today: 'hôm nay',
    left: (days: string, _one: boolean) => `còn ${days} ngày làm việc`,
    late: (days: string, _one: boolean) => `quá hạn ${days} ngày`,
    justLate: 'vừa quá hạn',
    paused: (day: string) => `tạm dừng từ ${day}`,
    by: (day: string) => `hạn ${day}`,
    none: 'không có hạn',
  },
  kinds: { opinion: 'Cho ý kiến', transfer: 'Trả lời việc chuyển', action: 'Việc sau cuộc họp', letter: 'Gửi thư', shared: 'Xem hồ sơ được chia sẻ', hand_over: 'Nhận bàn giao', other: 'Việc khác' },
  /** The one button of a task. */
  open: { opinion: 'Cho ý kiến', transfer: 'Trả lời', action: 'Mở việc', letter: 'Mở thư', shared: 'Xem hồ sơ', hand_over: 'Mở hồ sơ', other: 'Mở việc' },

  day: {
    title: 'Hôm nay',
    heading: (count: string, _one: boolean) => `Hôm nay có ${count} việc chờ bạn`,
    none: 'Không có việc nào chờ bạn',
    noneText: 'Khi cơ quan khác hỏi ý kiến, mời họp, chuyển vụ việc hoặc giao việc, bạn sẽ thấy ở đây và nhận được tin báo. Trong lúc chờ, bạn có thể:',
    tour: { opinions: 'Xem các yêu cầu lấy ý kiến', meetings: 'Xem lịch họp', news: 'Chọn cách nhận tin báo', help: 'Đọc trang trợ giúp' },
    date: (weekday: string, date: string) => `${weekday}, ${date}`,
    dayOff: 'Hôm nay là ngày nghỉ; hạn tính theo ngày làm việc.',
    list: 'Việc gấp nhất ở trên',
    from: (agency: string) => `${agency} giao`,
    unassigned: 'chưa giao riêng ai',
    more: (count: string, _one: boolean) => `Và ${count} việc nữa`,
    mine: 'Mọi việc của tôi',
    agency: 'Mọi việc của cơ quan',
    lines: {
      gate: (count: string, _one: boolean) => `${count} phản ánh chờ kiểm tra phạm vi`,
      gateButton: 'Kiểm tra',
      review: (count: string, _one: boolean) => `${count} dự thảo quyết định chờ duyệt`,
      reviewButton: 'Xem và duyệt',
      appeals: (count: string, _one: boolean) => `${count} đề nghị xem xét lại chờ thụ lý`,
      appealsButton: 'Xem đề nghị',
    },
  },

  list: {
    title: 'Việc và thời hạn',
    shelves: { 'cua-toi': 'Của tôi', 'co-quan': 'Của cơ quan', 'da-giao': 'Đã giao cho cơ quan khác', 'da-xong': 'Đã xong, đã bỏ' },
    near: { all: 'Tất cả', 'sap-den-han': 'Sắp đến hạn', 'qua-han': 'Quá hạn', 'tam-dung': 'Tạm dừng' },
    shelvesLabel: 'Danh sách', nearLabel: 'Theo hạn',
    what: 'Việc', code: 'Mã', who: 'Ai làm', setBy: 'Ai giao', due: 'Hạn', state: 'Kết quả',
    focal: 'Cán bộ đầu mối', system: 'Phần mềm',
    only: (who: string) => `Chỉ việc của ${who}`,
    showAll: 'Bỏ lọc',
    caption: (shelf: string) => `Việc: ${shelf}`,
    empty: 'Không có việc nào ở đây',
    emptyText: 'Việc được giao khi có yêu cầu lấy ý kiến, chuyển xử lý, kết luận cuộc họp, hoặc khi ai đó giao việc bằng tay.',
    create: 'Giao một việc',
  },

  page: {
    facts: 'Việc này', kind: 'Loại', who: 'Ai làm', agency: 'Cơ quan', setBy: 'Ai giao', due: 'Hạn', firstDue: 'Hạn lúc đầu', created: 'Giao ngày', state: 'Tình trạng', code: 'Mã',
    nobody: 'Chưa giao riêng ai; cán bộ đầu mối làm',
    rolled: (from: string, to: string) => `Ngày ${from} trở thành ngày nghỉ nên hạn được dời sang ngày làm việc kế tiếp, ${to}.`,
    pausedTitle: (day: string) => `Thời hạn tạm dừng từ ngày ${day}`,
    pausedText: (reason: string) => `Lý do: ${reason}. Khi làm tiếp, hạn lùi lại đúng số ngày làm việc đã dừng.`,
    steps: 'Bạn có thể làm',
    source: 'Việc này tự xong khi bạn trả lời ở nơi nó được giao.',
    nothing: 'Bạn chỉ xem được việc này. Cơ quan có việc thì làm và giao cho người của mình; cơ quan đã giao thì tạm dừng, đổi hạn hoặc bỏ.',
    finish: 'Đánh dấu đã xong', finishHint: 'Bấm khi việc đã làm xong. Nơi giao việc thấy ngay.',
    assign: 'Giao cho người khác', assignLabel: 'Ai làm', assignFocal: 'Cán bộ đầu mối của cơ quan', assignButton: 'Giao',
    pause: 'Tạm dừng thời hạn', pauseLabel: 'Vì sao tạm dừng', pauseHint: 'Nơi làm việc này đọc được lý do.', pauseButton: 'Tạm dừng',
    resume: 'Cho chạy tiếp', resumeHint: (day: string) => `Hạn mới sẽ là ${day}.`,
    move: 'Đổi hạn', moveLabel: 'Hạn mới', moveReason: 'Vì sao đổi', moveButton: 'Đổi hạn',
    cancel: 'Bỏ việc này', cancelLabel: 'Vì sao bỏ', cancelButton: 'Bỏ việc',
    history: 'Đã xảy ra',
    actions: {
      open: 'Giao việc', do: 'Làm xong', cancel: 'Bỏ việc', assign: 'Giao cho một người', pause: 'Tạm dừng thời hạn', resume: 'Cho chạy tiếp', move: 'Đổi hạn', roll: 'Hạn dời vì trùng ngày nghỉ',
      remind: 'Nhắc sắp đến hạn', overdue: 'Báo quá hạn', escalate: 'Báo lãnh đạo cơ quan', tell_coordination: 'Báo cơ quan điều phối',
    },
    fromTo: (from: string, to: string) => `từ ${from} sang ${to}`,
  },
  done: {
    moi: 'Đã giao việc.', giao: 'Đã giao lại việc.', xong: 'Đã đánh dấu xong.', bo: 'Đã bỏ việc.', 'tam-dung': 'Đã tạm dừng thời hạn.', 'tiep-tuc': 'Thời hạn chạy tiếp.', 'doi-han': 'Đã đổi hạn.', 'cai-dat': 'Đã lưu.',
    lich: 'Đã đổi lịch làm việc.',
  },
  moved: (count: string, _one: boolean) => `${count} việc có hạn rơi vào ngày nghỉ mới đã được dời sang ngày làm việc kế tiếp.`,
  refused: {
    ended: 'Việc này đã kết thúc trong lúc bạn viết.', paused: 'Thời hạn đã được tạm dừng trước đó.', running: 'Thời hạn đang chạy.', not_yours: 'Việc này không thuộc quyền của bạn.', not_keeper: 'Chỉ quản trị của cơ quan điều phối sửa lịch.',
    other: 'Chưa làm được. Hãy xem lại rồi thử lần nữa.', typed: 'Điều bạn đã viết:',
  },

  create: {
    title: 'Giao một việc', lead: 'Cho người trong cơ quan, hoặc cho cơ quan khác nếu bạn là người xử lý hay lãnh đạo.',
    what: 'Việc gì', whatHint: 'Một câu. Không ghi nội dung phản ánh hay thông tin của người dân.',
    agency: 'Cơ quan làm', officer: 'Người làm', officerHint: 'Chỉ chọn khi giao trong cơ quan bạn.', focal: 'Cán bộ đầu mối',
    due: 'Hạn', dueHint: 'Một ngày làm việc, ví dụ 27/11/2026', case: 'Số vụ việc', caseHint: 'Nếu việc thuộc một vụ việc cơ quan bạn chủ trì, ví dụ VV-04-2026-0412', send: 'Giao việc',
  },
  faults: {
    title: 'Hãy viết việc phải làm, từ 3 đến 300 ký tự.', agency: 'Hãy chọn cơ quan; chỉ người xử lý và lãnh đạo giao việc cho cơ quan khác.', officer: 'Người này không làm ở cơ quan được giao hôm nay.',
    case: 'Không có vụ việc nào đang mở với số này do cơ quan bạn chủ trì.', reason: 'Hãy nêu lý do, từ 5 đến 500 ký tự.',
    due: { missing: 'Hãy ghi một ngày, ví dụ 27/11/2026.', past: 'Ngày này đã qua.', far: 'Ngày này quá xa; nhiều nhất một năm.', day_off: 'Ngày này không phải ngày làm việc.' },
    from: { missing: 'Hãy ghi một ngày, ví dụ 08/02/2027.', past: 'Ngày này đã qua; chỉ sửa được từ hôm nay trở đi.' },
    to: 'Ngày cuối phải sau ngày đầu, nhiều nhất 31 ngày, và trong đó có ngày làm việc.', kind: 'Hãy chọn nghỉ hay làm việc.', document: 'Hãy ghi số và ngày của văn bản.', note: 'Ghi chú dài quá 200 ký tự.',
    leader: 'Một số từ 1 đến 5.', coordinator: 'Một số từ 1 đến 10, không nhỏ hơn số trên.',
  },

  settings: {
    title: 'Khi nào báo việc quá hạn', lead: 'Tính bằng ngày làm việc kể từ hạn. Mỗi việc chỉ báo một lần ở mỗi cấp.',
    leader: 'Báo lãnh đạo cơ quan sau', leaderHint: 'Từ 1 đến 5 ngày làm việc', coordinator: 'Báo cơ quan điều phối sau', coordinatorHint: 'Từ 1 đến 10 ngày làm việc', reason: 'Vì sao đổi',
  },

  leader: {
    title: 'Điều hành', heading: (late: string, _one: boolean) => `${late} việc quá hạn`, headingNone: 'Không có việc nào quá hạn',
    officers: 'Trong cơ quan', agencies: 'Việc đã giao cho cơ quan khác', officer: 'Cán bộ', agency: 'Cơ quan', focal: 'Cán bộ đầu mối (chưa giao riêng)',
    open: 'Đang làm', soon: 'Sắp đến hạn', late: 'Quá hạn', paused: 'Tạm dừng', oldest: 'Hạn sớm nhất', escalated: 'Đã báo lên',
    noOfficers: 'Cơ quan không có việc nào đang mở.', noAgencies: 'Cơ quan chưa giao việc nào cho cơ quan khác.',
    escalatedTitle: 'Đã báo lãnh đạo', escalatedNone: 'Chưa việc nào phải báo lên.', pausedTitle: 'Đang tạm dừng', pausedNone: 'Không có thời hạn nào đang dừng.',
    toldTitle: 'Quá hạn đã báo cơ quan điều phối', toldText: 'Việc do cơ quan khác giao chỉ hiện mã và nơi làm, không hiện nội dung.',
    meetings: 'Cuộc họp sắp tới', noMeetings: 'Chưa có cuộc họp nào sắp tới.', view: 'Xem',
  },

  calendar: {
    title: 'Lịch làm việc', heading: (year: string) => `Lịch làm việc năm ${year}`,
    lead: 'Mọi thời hạn đếm theo lịch này: thứ hai đến thứ sáu, trừ ngày nghỉ, cộng các thứ bảy làm bù.',
    provisional: 'chưa có thông báo chính thức', provisionalText: 'Ngày nghỉ của năm này mới tính theo luật. Khi có thông báo, quản trị của cơ quan điều phối ghi vào đây.',
    announced: 'theo thông báo chính thức', source: (document: string) => `Theo ${document}`, changed: 'Năm này đã được sửa tại đây; bản cập nhật phần mềm không ghi đè.',
    years: 'Năm', weekdays: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'], weekdayNames: ['thứ hai', 'thứ ba', 'thứ tư', 'thứ năm', 'thứ sáu', 'thứ bảy', 'chủ nhật'],
    off: 'nghỉ', working: 'làm bù', today: 'hôm nay', legend: 'Chú giải', legendOff: 'Ngày nghỉ', legendWorking: 'Ngày làm bù', legendToday: 'Hôm nay',
    list: 'Ngày khác thường lệ', listNone: 'Chưa ghi ngày nghỉ nào của năm này.', backToWork: 'làm việc bình thường', local: 'ghi tại đây',
    change: 'Đổi một hay nhiều ngày', changeLead: 'Hạn đã báo vẫn giữ, trừ khi rơi đúng ngày nghỉ mới: khi đó dời sang ngày làm việc kế tiếp và ghi vào nhật ký.',
    from: 'Từ ngày', to: 'Đến hết ngày', toHint: 'Bỏ trống nếu chỉ một ngày', kind: 'Những ngày này', kindOff: 'Nghỉ', kindWorking: 'Làm việc', note: 'Dịp gì', noteHint: 'Ví dụ: Tết Nguyên đán',
    document: 'Số, ngày văn bản', documentHint: 'Ví dụ: Thông báo 6150/TB-BNV ngày 10/11/2026', reason: 'Vì sao đổi', whole: 'Văn bản này là thông báo chính thức cho cả năm', save: 'Đổi lịch',
    settings: 'Khi nào báo việc quá hạn',
  },

  /** On closing a case. */
  closing: {
    title: (count: string, _one: boolean) => `Vụ việc còn ${count} việc chưa xong`, tick: 'Vẫn đóng, bỏ các việc này', hint: 'Lý do kết thúc vụ việc cũng là lý do bỏ các việc.',
    blockedTitle: 'Vụ việc còn việc chưa xong', blocked: (count: string, _one: boolean) => `Còn ${count} việc chưa xong. Hãy đánh dấu “Vẫn đóng, bỏ các việc này”, hoặc đợi các việc xong. Điều bạn viết vẫn còn.`,
  },
};
