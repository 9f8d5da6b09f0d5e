/** Diagrams of states in the console's help. */
export const machines = {
  title: 'Đường đi của mọi thứ',
  lead: 'Cơ sở dữ liệu chỉ cho đi theo các đường này. Mỗi bước ghi vào nhật ký ai làm, lúc nào, vì sao.',
  reading: 'Khung viền là trạng thái. Ô xám là bước, bên dưới là người được làm. Từ trạng thái đi vào bước, rồi theo mũi tên đến trạng thái sau. Khung hai viền là chỗ dừng.',
  jump: 'Chọn đường đi',
  open: (thing: string) => `Xem đường đi: ${thing}`,
  picture: (thing: string) => `Sơ đồ trạng thái: ${thing}`,
  pictureText: (states: number, steps: number, first: string) => `${states} trạng thái, ${steps} bước, bắt đầu từ “${first}”. Bảng ngay bên dưới ghi đủ từng bước.`,
  table: (thing: string) => `Các bước: ${thing}`,
  action: 'Bước',
  from: 'Từ',
  to: 'Đến',
  by: 'Ai làm',
  reason: 'Lý do',
  reasons: { none: 'không', optional: 'tùy', required: 'phải ghi' },
  what: {
    report: 'Từ lúc nhận đến lúc trả lời, hoặc dừng lại rồi xóa.',
    case: 'Xác minh, quyết định, thực hiện, kết thúc; có việc mới thì mở lại.',
    decision: 'Một người soạn, người thứ hai duyệt. Hết hạn là tự hết hiệu lực.',
    appeal: 'Người bị ảnh hưởng, nơi nhận hoặc người phản ánh gửi; người chưa dự phần nào giải quyết.',
  },
};
