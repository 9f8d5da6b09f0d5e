/** Messages of the area `console` in Vietnamese (the source; `en/console.ts` must follow). */
export const console = {
  nav: {
    work: 'Việc của tôi',
    watch: 'Theo dõi',
    lookUp: 'Tra cứu',
    triage: 'Chờ phân loại',
    verifying: 'Đang xác minh',
    review: 'Chờ tôi duyệt',
    mine: 'Tôi phụ trách',
    soon: 'Sắp đến hạn',
    late: 'Quá hạn',
    reports: 'Tất cả phản ánh',
    cases: 'Vụ việc',
    decisions: 'Quyết định',
    directory: 'Danh bạ',
    warnings: 'Cảnh báo',
    help: 'Trợ giúp',
    search: 'Tìm phản ánh, đường dẫn, số',
  },
};
