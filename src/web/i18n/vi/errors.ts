/** What an error page says: what happened, what was kept, what to do. */
interface ErrorWords {
  readonly title: string;
  readonly whatHappened: string;
  readonly whatWasKept: string;
  readonly whatToDo: string;
}

const words: Readonly<Record<string, ErrorWords & { readonly api: string }>> = {
  not_found: {
    title: 'Không có trang này',
    whatHappened: 'Địa chỉ có thể đã gõ sai, hoặc trang đã được gỡ xuống.',
    whatWasKept: 'Phản ánh bạn đã gửi trước đây vẫn được giữ.',
    whatToDo: 'Bạn về trang chủ, hoặc tra cứu phản ánh bằng mã trên phiếu.',
    api: 'Không tìm thấy.',
  },
  forbidden: {
    title: 'Bạn chưa mở được trang này',
    whatHappened: 'Yêu cầu đến từ một trang khác, hoặc bạn không có quyền xem.',
    whatWasKept: 'Không có gì bị thay đổi.',
    whatToDo: 'Bạn mở lại trang từ đầu rồi thử lần nữa.',
    api: 'Không được phép.',
  },
  invalid: {
    title: 'Có chỗ chưa đọc được',
    whatHappened: 'Nội dung gửi lên thiếu hoặc không đúng dạng.',
    whatWasKept: 'Chưa có gì được lưu lần này.',
    whatToDo: 'Bạn bấm nút quay lại của trình duyệt, nội dung đã viết thường vẫn còn, rồi sửa và gửi lại.',
    api: 'Dữ liệu chưa đúng; xem "details".',
  },
  conflict: {
    title: 'Việc này đã được làm trước đó',
    whatHappened: 'Có một lần gửi khác đến trước, hoặc nội dung vừa được người khác thay đổi.',
    whatWasKept: 'Lần gửi trước vẫn được giữ nguyên.',
    whatToDo: 'Bạn mở lại trang để xem tình trạng mới nhất.',
    api: 'Khóa này đã dùng cho nội dung khác, hoặc việc đã được làm trước đó.',
  },
  too_many: {
    title: 'Xin chờ một chút',
    whatHappened: 'Từ mạng bạn đang dùng có quá nhiều yêu cầu trong một phút. Có thể do nhiều người dùng chung mạng.',
    whatWasKept: 'Nội dung bạn viết vẫn còn nếu bạn bấm nút quay lại của trình duyệt.',
    whatToDo: 'Bạn chờ khoảng một phút rồi gửi lại. Nếu gấp, gọi 113.',
    api: 'Quá nhiều yêu cầu; thử lại sau.',
  },
  too_large: {
    title: 'Nội dung gửi lên quá lớn',
    whatHappened: 'Tổng dung lượng vượt quá mức máy chủ nhận được một lần.',
    whatWasKept: 'Nội dung bạn viết vẫn còn nếu bạn bấm nút quay lại của trình duyệt.',
    whatToDo: 'Bạn gửi ít ảnh hơn, mỗi ảnh không quá 10 MB, hoặc viết ngắn hơn. Không có ảnh vẫn gửi được phản ánh.',
    api: 'Nội dung quá lớn.',
  },
  unavailable: {
    title: 'Hệ thống đang tạm nghỉ',
    whatHappened: 'Một phần của hệ thống chưa trả lời. Đây là lỗi của chúng tôi.',
    whatWasKept: 'Mọi phản ánh đã có mã đều an toàn. Nếu bạn chưa nhận được mã thì phản ánh chưa được gửi.',
    whatToDo: 'Bạn chờ vài phút, bấm nút quay lại rồi gửi lần nữa. Nếu vừa mất tiền, gọi ngân hàng ngay, đừng chờ.',
    api: 'Hệ thống tạm thời chưa trả lời; thử lại sau.',
  },
  internal: {
    title: 'Chúng tôi gặp lỗi',
    whatHappened: 'Máy chủ chưa làm được việc bạn yêu cầu. Đây là lỗi của chúng tôi, không phải của bạn.',
    whatWasKept: 'Mọi phản ánh đã có mã đều an toàn. Nếu bạn chưa nhận được mã thì phản ánh chưa được gửi.',
    whatToDo: 'Bạn bấm nút quay lại rồi thử lần nữa. Nếu vừa mất tiền, gọi ngân hàng ngay, đừng chờ.',
    api: 'Lỗi phía máy chủ.',
  },
  home_in_use: {
    title: 'Thư mục dữ liệu đang được dùng',
    whatHappened: 'Một tiến trình Lá Chắn khác đang phục vụ thư mục dữ liệu này.',
    whatWasKept: 'Dữ liệu không bị động đến.',
    whatToDo: 'Dừng tiến trình kia, hoặc đặt LACHAN_HOME sang thư mục khác.',
    api: 'Thư mục dữ liệu đang được tiến trình khác dùng.',
  },
  port_taken: {
    title: 'Cổng mạng đã có chương trình khác dùng',
    whatHappened: 'Máy chủ không mở được cổng đã đặt.',
    whatWasKept: 'Dữ liệu không bị động đến.',
    whatToDo: 'Đặt PORT sang số khác rồi khởi động lại.',
    api: 'Cổng mạng đã bị chiếm.',
  },
};

/** Messages of the area `errors` in Vietnamese (the source; `en/errors.ts` must follow). */
export const errors = {
  /** One sentence for machines, by error code. */
  api: (code: string): string => (words[code] ?? words.internal!).api,
  /** The words of an error page, by error code; unknown codes read as `internal`. */
  page: (code: string): ErrorWords => words[code] ?? words.internal!,
  keptTitle: 'Điều gì được giữ lại',
  doTitle: 'Bạn nên làm gì',
  wait: (seconds: string) => `Thử lại sau ${seconds} giây.`,
};
