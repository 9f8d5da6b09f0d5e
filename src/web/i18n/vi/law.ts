/** Messages of the area `law` in Vietnamese (the source; `en/law.ts` must follow). */
export const law = {
  nav: 'Pháp luật',
  title: 'Danh mục căn cứ pháp lý',
  lead: 'Mọi quyết định chỉ được dẫn điều khoản có ở đây. Ngày của quyết định chọn văn bản đang có hiệu lực.',
  lawyerTitle: 'Phải được luật sư kiểm tra trước khi dùng',
  lawyer: 'Danh mục là bản chép để nghiên cứu, không phải tư vấn pháp lý. Điều khoản nào đã có luật sư đối chiếu với Công báo thì ghi rõ ai, ngày nào.',
  unchecked: 'chưa được luật sư kiểm tra',
  checked: (who: string, day: string) => `${who} kiểm tra ngày ${day}`,

  from: (day: string) => `từ ${day}`,
  period: (from: string, to: string) => `${from} – ${to}`,
  /** How a provision stands today. */
  states: { inForce: 'còn hiệu lực', later: 'chưa có hiệu lực', ended: 'đã hết hiệu lực', endsOn: (day: string) => `hết hiệu lực sau ngày ${day}` },
  /** Notes at the basis of a draft, by code of `basisNote`. */
  notes: {
    ends_before_measure: (day: string) => `Điều khoản này hết hiệu lực ngày ${day}, trước ngày cuối của biện pháp. Hãy rút ngắn thời hạn hoặc chọn điều khoản khác.`,
    ends_soon: (day: string) => `Điều khoản này hết hiệu lực ngày ${day}, không lâu sau ngày cuối của biện pháp. Nếu cần gia hạn, khi đó phải có căn cứ khác.`,
  },

  list: {
    proposed: (count: number, _one: boolean) => `${count} đề xuất chờ người thứ hai`,
    noProposals: 'Không có đề xuất nào đang chờ',
    ending: 'Quyết định đang hiệu lực có căn cứ sắp hết',
    endingLead: 'Căn cứ đã hết, sẽ hết trong 60 ngày, hoặc hết trước biện pháp. Chỉ có quyết định của cơ quan bạn.',
    endingNone: 'Không có quyết định nào của cơ quan bạn dựa vào căn cứ sắp hết.',
    decision: 'Quyết định', basis: 'Điều khoản', basisEnds: 'Căn cứ hết', decisionEnds: 'Biện pháp hết', noEnd: 'không có ngày cuối',
    addDocument: 'Đề xuất thêm văn bản', addBasis: 'Đề xuất thêm điều khoản',
    provision: 'Điều khoản', harm: 'Hành vi', elements: 'Phải chứng minh', validity: 'Hiệu lực',
    noBases: 'Chưa dẫn điều khoản nào của văn bản này.',
    caption: (document: string) => `Điều khoản của ${document}`,
    count: (count: string, _one: boolean) => `${count} điều khoản`,
    local: 'thêm tại đây',
  },

  basis: {
    what: 'Nội dung', document: 'Văn bản', category: 'Hành vi', validity: 'Hiệu lực', check: 'Luật sư kiểm tra', code: 'Mã trong danh mục', source: 'Số, nơi đăng',
    elements: 'Yếu tố phải chứng minh', elementsLead: 'Sự việc phải cho thấy đủ từng yếu tố thì điều khoản mới áp dụng được.',
    use: 'Đang được dẫn', drafts: (count: string, _one: boolean) => `${count} dự thảo`, inForce: (count: string, _one: boolean) => `${count} quyết định đang hiệu lực`,
    competence: 'Ai có thẩm quyền với hành vi này', competenceLead: 'Theo danh bạ hôm nay.', competenceNone: 'Danh bạ chưa ghi cơ quan nào.',
    agency: 'Cơ quan', role: 'Vai trò', law: 'Theo điều luật', agencies: (count: string) => `${count} cơ quan`,
    history: 'Thay đổi', noHistory: 'Chưa có thay đổi nào. Nội dung như phiên bản phần mềm mang đến.',
    changes: 'Đề xuất thay đổi', waiting: 'Đang có một đề xuất chờ người thứ hai.', endsWhy: 'Vì sao hết hiệu lực',
  },

  kinds: {
    add_document: 'Thêm văn bản', end_document: 'Ghi ngày hết hiệu lực của văn bản', add_basis: 'Thêm điều khoản', correct_basis: 'Sửa lời, yếu tố của điều khoản',
    end_basis: 'Ghi ngày hết hiệu lực của điều khoản', mark_checked: 'Ghi nhận luật sư đã kiểm tra',
  },

  form: {
    lead: 'Đề xuất chỉ có hiệu lực khi một người khác, pháp chế hoặc lãnh đạo của cơ quan điều phối, đã đọc và đồng ý.',
    code: 'Mã ngắn của văn bản', codeHint: 'Chữ hoa không dấu và số, ví dụ N85 cho Nghị định số 85.',
    nameVi: 'Tên văn bản, có số', nameViHint: 'Ví dụ: Nghị định 85/2027/NĐ-CP.', nameEn: 'Tên bằng tiếng Anh', source: 'Số và nơi đăng', sourceHint: 'Ví dụ: Công báo số 101+102, ngày 05/03/2027.',
    document: 'Văn bản', article: 'Điều', clause: 'Khoản', point: 'Điểm', placeHint: 'Bỏ trống khoản và điểm khi áp dụng cả điều.',
    category: 'Hành vi', categoryHint: 'Danh sách đóng. Không có nhóm nào cho ý kiến, phê bình, báo chí hay uy tín.',
    whatVi: 'Điều khoản nói về gì', whatEn: 'Bằng tiếng Anh',
    elements: 'Yếu tố phải chứng minh', elementsHint: 'Chọn mọi yếu tố mà lời điều khoản đòi hỏi.',
    newElement: (number: number) => `Yếu tố mới ${number}`, newElementEn: (number: number) => `Yếu tố mới ${number}, bằng tiếng Anh`,
    validFrom: 'Ngày bắt đầu có hiệu lực', validTo: 'Ngày cuối cùng có hiệu lực', ownDates: 'Bỏ trống khi theo văn bản.', noEnd: 'Bỏ trống khi chưa biết ngày hết.',
    clearEnd: 'Bỏ trống để xóa ngày hết đã ghi.', why: 'Vì sao hết hiệu lực', whyHint: 'Ví dụ: được thay bằng Nghị định 85/2027/NĐ-CP.',
    checkedOn: 'Ngày kiểm tra', checkedBy: 'Luật sư kiểm tra', checkedByHint: 'Họ tên và nơi hành nghề, như trên thư của luật sư.',
    reason: 'Vì sao đề xuất', reasonHint: 'Người thứ hai đọc lý do này. Nêu văn bản, trang Công báo.',
    submit: 'Gửi đề xuất', errorTitle: 'Chưa gửi được đề xuất',
  },
  /** What is wrong with a field, by its name. */
  fields: {
    code: 'Viết mã bằng 2 đến 12 chữ hoa không dấu và số, bắt đầu bằng chữ.', nameVi: 'Viết tên văn bản có số, ví dụ 85/2027/NĐ-CP.', nameEn: 'Viết tên bằng tiếng Anh.',
    source: 'Ghi số và nơi đăng.', document: 'Chọn một văn bản.', article: 'Ghi số của điều, ví dụ 14.', clause: 'Ghi số của khoản, ví dụ 3. Có điểm thì phải có khoản.',
    point: 'Ghi chữ của điểm, ví dụ a hoặc đ.', category: 'Chọn một hành vi.', whatVi: 'Viết nội dung, 3 đến 500 ký tự.', whatEn: 'Viết nội dung bằng tiếng Anh, 3 đến 500 ký tự.',
    elements: 'Chọn hoặc viết ít nhất một yếu tố, nhiều nhất mười; yếu tố mới cần lời bằng cả hai thứ tiếng.', validFrom: 'Viết ngày/tháng/năm, ví dụ 01/07/2027.',
    validTo: 'Viết ngày/tháng/năm, ví dụ 30/06/2027.', why: 'Viết vì sao, 3 đến 500 ký tự.', checkedOn: 'Viết ngày/tháng/năm, không sau hôm nay.', checkedBy: 'Ghi ai đã kiểm tra.',
    reason: 'Viết lý do, ít nhất 5 ký tự.', decision_reason: 'Viết lý do, ít nhất 5 ký tự.',
  },
  /** Why the catalogue does not take a change. */
  refused: {
    excluded: 'Điều khoản này, hoặc một phần của nó, về ngôn luận, báo chí hay uy tín. Nó đã được loại ra có chủ đích và không thể đưa vào danh mục.',
    known: 'Văn bản có số này đã có trong danh mục.', unknown: 'Danh mục không có mục này.',
    overlap: 'Điều khoản này đã có trong danh mục cho hành vi đó vào cùng thời gian. Hãy ghi ngày hết hiệu lực của bản cũ trước.',
    open_proposal: 'Đã có một đề xuất cho mục này đang chờ người thứ hai.',
    in_use: 'Đã có quyết định dựa trên các yếu tố này. Hãy ghi ngày hết hiệu lực rồi thêm điều khoản với yếu tố mới.',
    elements: 'Cần ít nhất một yếu tố, mỗi yếu tố một lần.', rule: 'Nội dung không hợp quy tắc của danh mục. Kiểm tra số điều, ngày và mã.',
    own: 'Bạn đã đề xuất thay đổi này nên không quyết định được.', not_keeper: 'Chỉ pháp chế của cơ quan điều phối đề xuất được.',
    decided: 'Đề xuất này đã có người quyết định.',
  },

  proposal: {
    title: (kind: string) => `Đề xuất: ${kind.toLowerCase()}`,
    by: (name: string, at: string) => `${name} đề xuất lúc ${at}`,
    outcomes: { open: 'chờ người thứ hai', approved: 'đã đồng ý', refused: 'không đồng ý' },
    decidedBy: (name: string, at: string) => `${name} quyết định lúc ${at}`,
    compare: 'Trước và sau', field: 'Mục', before: 'Hiện nay', after: 'Đề xuất', none: '–', reason: 'Lý do', decisionReason: 'Lý do quyết định',
    ownBar: 'Bạn là người đề xuất. Một người khác phải quyết định.', roleBar: 'Pháp chế hoặc lãnh đạo của cơ quan điều phối quyết định đề xuất này.',
    decide: 'Quyết định của bạn', decideLead: 'Đối chiếu với văn bản gốc trên Công báo. Đồng ý thì danh mục đổi ngay.',
    decisionReasonHint: 'Bắt buộc khi không đồng ý.', approve: 'Đồng ý, đổi danh mục', refuse: 'Không đồng ý', errorTitle: 'Chưa quyết định được',
    warnUse: (drafts: string, inForce: string) => `Điều khoản này đang được dẫn trong ${drafts} dự thảo và ${inForce} quyết định đang hiệu lực.`,
  },
  done: { 'de-xuat': 'Đã gửi đề xuất. Danh mục đổi khi người thứ hai đồng ý.', approved: 'Đã đồng ý. Danh mục đã đổi.', refused: 'Đã ghi là không đồng ý. Danh mục giữ nguyên.' },
};
