const NEVER = 'Chúng tôi không bao giờ hỏi mật khẩu hay mã OTP của bạn.';

/** Letters and text messages to reporters. */
export const letters = {
  mail: {
    subject: (code: string) => `Phản ánh ${code}: có tin mới`,
    takenSubject: (code: string) => `Đã nhận phản ánh ${code}`,
    acknowledged: (code: string, link: string) =>
      `Chào bạn,\n\nChúng tôi đã tiếp nhận phản ánh ${code}.\nMở ${link}, nhập mã phản ánh và mã bí mật trên phiếu để theo dõi.\n\nThư này không bao giờ hỏi mã bí mật. ${NEVER}\n\nLá Chắn`,
    taken: (code: string, secret: string, link: string) =>
      `Chào bạn,\n\nChúng tôi đã tiếp nhận thư của bạn thành phản ánh ${code}.\n\nMã phản ánh: ${code}\nMã bí mật: ${secret}\n\nHãy giữ hai mã này. Mở ${link} và nhập hai mã để theo dõi, đọc trả lời và gửi thêm thông tin. Bạn cũng có thể trả lời ngay thư này.\n\nNếu bạn vừa chuyển tiền, hãy gọi ngay tổng đài ngân hàng của bạn để đề nghị giữ khoản tiền đó. ${NEVER}\n\nLá Chắn`,
    news: (code: string, link: string) =>
      `Chào bạn,\n\nPhản ánh ${code} có tin mới cho bạn.\nMở ${link}, nhập mã phản ánh và mã bí mật trên phiếu để đọc.\n\nThư này không bao giờ hỏi mã bí mật. ${NEVER}\n\nLá Chắn`,
    answer: (code: string, words: string, link: string) =>
      `Chào bạn,\n\nVề phản ánh ${code}, cơ quan tiếp nhận viết:\n\n${words}\n\nBạn có thể trả lời ngay thư này, hoặc mở ${link} với mã phản ánh và mã bí mật. ${NEVER}\n\nLá Chắn`,
  },
  sms: {
    acknowledged: (code: string, link: string) => `La Chan da nhan phan anh ${code}. Theo doi: ${link}`,
    taken: (code: string, secret: string, link: string) => `La Chan da nhan phan anh ${code}. Ma bi mat: ${secret}. Theo doi: ${link}. Khong dua ma OTP cho bat ky ai.`,
    news: (code: string, link: string) => `Phan anh ${code} co tin moi. Xem tai ${link}`,
    answer: (code: string, words: string, link: string) => `Phản ánh ${code}: ${words}\nXem tại ${link}`,
  },
};
