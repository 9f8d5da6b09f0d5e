/**
 * Old districts of Cao Bằng → the communes that took over their territory on 01/7/2025 (NQ 1657/NQ-UBTVQH15, 16/6/2025).
 * People still write "huyện Hòa An"; a report about 2023 prints the district's name; a district's open duties move on.
 *
 * Derivation: the statistics office numbered communes by district, and a new commune keeps the code of one of its parts,
 * so each district is a run of codes: city 01273–01288, Bảo Lâm 01290–01318, Bảo Lạc 01321–01360, Hà Quảng 01363–01438,
 * Trùng Khánh 01447–01525, Hạ Lang 01537–01561, Quảng Hòa 01576–01648, Hòa An 01654–01708, Nguyên Bình 01726–01777,
 * Thạch An 01786–01822. Checked against the tax office's codes (their middle digits name the old district) and against
 * the list of merged communes, both as found in public code, not in Công báo.
 * First days (`from`) of the city (2012) and Bảo Lâm (2000) are from memory; null is unknown or long ago.
 * @NOTE to be checked against the annex of NQ 1657/NQ-UBTVQH15 before release; `partly` above all.
 */

/** A district that has ended. `communes` lie mainly in it; `partly` lie mainly in another but took in a part of it. */
export interface FormerDistrict {
  readonly key: string;
  readonly name: string;
  readonly nameEn: string;
  /** How people write it, besides `name`. */
  readonly alsoWritten: readonly string[];
  readonly from: string | null;
  readonly to: string;
  readonly communes: readonly string[];
  readonly partly: readonly string[];
  /** For a district that ended before 2025: the district it went into. */
  readonly mergedInto?: string;
}

/** Last day of the districts. */
export const DISTRICTS_UNTIL = '2025-06-30';

/** The ten districts that existed on 30/6/2025; together their `communes` are the 56 present communes, each once. */
export const LAST_DISTRICTS_04: readonly FormerDistrict[] = [
  {
    key: 'tp-cao-bang', name: 'Thành phố Cao Bằng', nameEn: 'Cao Bang City', from: '2012-09-25', to: DISTRICTS_UNTIL,
    alsoWritten: ['TP Cao Bằng', 'TP. Cao Bằng', 'Thị xã Cao Bằng'],
    communes: ['01273', '01279', '01288'], partly: [],
  },
  {
    key: 'huyen-bao-lam', name: 'Huyện Bảo Lâm', nameEn: 'Bao Lam District', from: '2000-09-25', to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Bảo Lâm'],
    communes: ['01290', '01294', '01297', '01304', '01318'], partly: ['01324'],
  },
  {
    key: 'huyen-bao-lac', name: 'Huyện Bảo Lạc', nameEn: 'Bao Lac District', from: null, to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Bảo Lạc'],
    communes: ['01321', '01324', '01327', '01336', '01339', '01351', '01354', '01360'], partly: [],
  },
  {
    key: 'huyen-ha-quang', name: 'Huyện Hà Quảng', nameEn: 'Ha Quang District', from: '2020-02-01', to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Hà Quảng'],
    communes: ['01363', '01366', '01387', '01392', '01393', '01414', '01438'], partly: [],
  },
  {
    key: 'huyen-trung-khanh', name: 'Huyện Trùng Khánh', nameEn: 'Trung Khanh District', from: '2020-03-01', to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Trùng Khánh'],
    communes: ['01447', '01456', '01465', '01477', '01489', '01501', '01525'], partly: [],
  },
  {
    key: 'huyen-ha-lang', name: 'Huyện Hạ Lang', nameEn: 'Ha Lang District', from: null, to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Hạ Lang'],
    communes: ['01537', '01552', '01558', '01561'], partly: [],
  },
  {
    key: 'huyen-quang-hoa', name: 'Huyện Quảng Hòa', nameEn: 'Quang Hoa District', from: '2020-03-01', to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Quảng Hòa', 'Huyện Quảng Hoà'],
    communes: ['01576', '01594', '01618', '01636', '01648'], partly: ['01447'],
  },
  {
    key: 'huyen-hoa-an', name: 'Huyện Hòa An', nameEn: 'Hoa An District', from: null, to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Hòa An', 'Huyện Hoà An'],
    communes: ['01654', '01660', '01699', '01708'], partly: ['01273', '01288', '01747'],
  },
  {
    key: 'huyen-nguyen-binh', name: 'Huyện Nguyên Bình', nameEn: 'Nguyen Binh District', from: null, to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Nguyên Bình'],
    communes: ['01726', '01729', '01738', '01747', '01768', '01774', '01777'], partly: ['01708'],
  },
  {
    key: 'huyen-thach-an', name: 'Huyện Thạch An', nameEn: 'Thach An District', from: null, to: DISTRICTS_UNTIL,
    alsoWritten: ['H. Thạch An'],
    communes: ['01786', '01789', '01792', '01795', '01807', '01822'], partly: [],
  },
];

/**
 * Districts that ended in 2020 (NQ 864/NQ-UBTVQH14 of 10/01/2020 for Thông Nông, NQ 897/NQ-UBTVQH14 of 11/02/2020 for the
 * others; from memory, to be checked). Names only: their communes lie inside those of the district they went into.
 */
export const EARLIER_DISTRICTS_04: readonly FormerDistrict[] = [
  {
    key: 'huyen-thong-nong', name: 'Huyện Thông Nông', nameEn: 'Thong Nong District', from: null, to: '2020-01-31',
    alsoWritten: ['H. Thông Nông'],
    communes: ['01363', '01366', '01387'], partly: [], mergedInto: 'huyen-ha-quang',
  },
  {
    key: 'huyen-tra-linh', name: 'Huyện Trà Lĩnh', nameEn: 'Tra Linh District', from: null, to: '2020-02-29',
    alsoWritten: ['H. Trà Lĩnh'],
    communes: ['01447', '01456', '01465'], partly: [], mergedInto: 'huyen-trung-khanh',
  },
  {
    key: 'huyen-quang-uyen', name: 'Huyện Quảng Uyên', nameEn: 'Quang Uyen District', from: null, to: '2020-02-29',
    alsoWritten: ['H. Quảng Uyên'],
    communes: ['01576', '01594', '01618'], partly: ['01636'], mergedInto: 'huyen-quang-hoa',
  },
  {
    key: 'huyen-phuc-hoa', name: 'Huyện Phục Hòa', nameEn: 'Phuc Hoa District', from: null, to: '2020-02-29',
    alsoWritten: ['H. Phục Hòa', 'Huyện Phục Hoà'],
    communes: ['01636', '01648'], partly: [], mergedInto: 'huyen-quang-hoa',
  },
];

/** All old district names a person may type, the last ten first. */
export const FORMER_DISTRICTS_04: readonly FormerDistrict[] = [...LAST_DISTRICTS_04, ...EARLIER_DISTRICTS_04];
