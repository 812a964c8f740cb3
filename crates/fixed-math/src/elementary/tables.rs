//! Tables and constants of the fast path. Each is the nearest integer to a real number that its
//! comment names; a test computes them again with the wide arithmetic.

/// 2^(i/32) in units of 2^-127.
pub(super) const EXP_COARSE: [u128; 32] = [
    0x80000000_00000000_00000000_00000000,
    0x82cd8698_ac2ba1d7_3e2a475b_46520bff,
    0x85aac367_cc487b14_c5c95b8c_2154c1b2,
    0x88980e80_92da8527_5df8d76c_98c67563,
    0x8b95c1e3_ea8bd6e6_fbe46287_58a53c90,
    0x8ea4398b_45cd53c0_2dc0144c_8783d4c6,
    0x91c3d373_ab11c336_0fd6d8e0_ae5ac9d8,
    0x94f4efa8_fef70961_2e8afad1_2551de54,
    0x9837f051_8db8a96f_46ad2318_2e42f6f6,
    0x9b8d39b9_d54e5538_a2a817a2_a3cc3f1f,
    0x9ef53260_91a111ad_a0911f09_ebb9fdd1,
    0xa2704303_0c496818_9b7a04ef_80cfdea8,
    0xa5fed6a9_b15138ea_1cbd7f62_1710701b,
    0xa9a15ab4_ea7c0ef8_541e24ec_3531fa73,
    0xad583eea_42a14ac6_4980a8c8_f59a2ec4,
    0xb123f581_d2ac258f_87d037e9_6d215d8e,
    0xb504f333_f9de6484_597d89b3_754abe9f,
    0xb8fbaf47_62fb9ee9_1b879778_566b65a2,
    0xbd08a39f_580c36be_a8811fb6_6d0faf7a,
    0xc12c4cca_66709456_7c457d59_a50087b5,
    0xc5672a11_5506dadd_3e2ad0c9_64dd9f37,
    0xc9b9bd86_6e2f27a2_80e1f92a_0511697e,
    0xce248c15_1f8480e3_e235838f_95f2c6ed,
    0xd2a81d91_f12ae45a_12248e57_c3de4028,
    0xd744fcca_d69d6af4_39a68bb9_902d3fde,
    0xdbfbb797_daf23755_3d840d5a_9e29aa64,
    0xe0ccdeec_2a94e111_06589504_8dd333ca,
    0xe5b906e7_7c8348a8_1e5e8f4a_4edbb0ed,
    0xeac0c6e7_dd24392e_d02d75b3_706e54fb,
    0xefe4b99b_dcdaf5cb_46561cf6_948db913,
    0xf5257d15_2486cc2c_7b9d0c7a_ed980fc3,
    0xfa83b2db_722a033a_7c25bb14_315d7fcd,
];

/// 2^(i/2^10) − 1 in units of 2^-128.
pub(super) const EXP_MIDDLE: [u128; 32] = [
    0x00000000_00000000_00000000_00000000,
    0x002c605e_2e8cec50_6d21bfc8_9a23a011,
    0x0058c86d_a1c09ea1_ff19d294_cf2f679c,
    0x0085382f_aef831da_93f90835_f753878b,
    0x00b1afa5_abcbed61_29ab13ec_11dc9544,
    0x00de2ed0_ee0f4f5f_ca9d8bf2_cdd630e5,
    0x010ab5b2_cbd11707_41981493_821d4cd6,
    0x0137444c_9b5b4ed4_95149e89_76e07b6c,
    0x0163da9f_b33356d8_4a66ae33_6dcdfa40,
    0x019078ad_6a19eeff_7100aebd_406a9183,
    0x01bd1e77_170b415e_7626621e_b5aaff61,
    0x01e9cbfe_113eec7d_c15b8c81_5954d615,
    0x02168143_b0280da8_19de0756_294cca9f,
    0x02433e49_4b754b3a_d57a761d_5738e08f,
    0x02700310_3b10def7_d10ae49e_2826250d,
    0x029ccf99_d720a059_32eea40b_289d5b88,
    0x02c9a3e7_78060ee6_f7caca4f_7a29bde9,
    0x02f67ffa_765e5c8e_49e2c484_f032786e,
    0x032363d4_2b0277fa_a3587b58_0594a00f,
    0x03504f75_ef0716f0_bba395e6_6b11e5a5,
    0x037d42e1_1bbcc0ab_408f756f_08d22628,
    0x03aa3e17_0aafd839_5b0f91f6_cb4d3279,
    0x03d74119_15a8a6df_0039edd4_7660d1e6,
    0x04044be8_96ab6677_0eb763e7_00873fdc,
    0x04315e86_e7f84bd7_38f9a20d_a47e6ed0,
    0x045e78f5_640b9135_bc86af4e_e9a27ab9,
    0x048b9b35_659d8090_e6a9eaf4_5b304922,
    0x04b8c548_47a27e18_66da7fbb_8502cb5b,
    0x04e5f72f_654b1298_6f27541a_119031f6,
    0x051330ec_1a03f5e6_a2f88e72_915f3417,
    0x0540727f_c1761950_d476d1f9_8849ff3e,
    0x056dbbeb_b786b20d_90e866ee_d9172eb8,
];

/// 2^(i/2^15) − 1 in units of 2^-128.
pub(super) const EXP_FINE: [u128; 32] = [
    0x00000000_00000000_00000000_00000000,
    0x000162e5_25ee0547_54457d59_95292027,
    0x0002c5cc_37da9491_d0985c34_8c68e7b4,
    0x000428b5_35c857ed_d367a982_0c850d03,
    0x00058ba0_1fb9f96d_6cacd4b1_80917c3e,
    0x0006ee8c_f5b22326_5df0ce80_51052f23,
    0x0008517b_b7b37f32_1a5127d0_b5ff94c9,
    0x0009b46c_65c0b7ad_c6853087_a2c86081,
    0x000b175e_ffdc76ba_38e31671_ca939726,
    0x000c7a53_8609667b_f965042f_be93b210,
    0x000ddd49_f84a311b_41ae4029_2563af14,
    0x000f4042_56a180c3_fd104b87_0bd2e4f0,
    0x0010a33c_a111ffa5_c8900135_4f1c739a,
    0x00120638_d79e57f3_f2eab4eb_209427ee,
    0x00136936_fa4933e5_7c9b523a_a2d2aa51,
    0x0014cc37_09153db5_17df7ba7_a06acfe0,
    0x00162f39_04051fa1_28bca9c5_5c31e5e0,
    0x0017923c_eb1b83eb_c5054a5b_7b24cf15,
    0x0018f542_be5b14da_b45ddf92_07f3cad6,
    0x001a584a_7dc67cb7_70421f24_903ebdae,
    0x001bbb54_296065cf_240a119c_5b8bd366,
    0x001d1e5f_c12b7a72_acef3191_bc025267,
    0x001e816d_452a64f6_9a118af4_78f3787d,
    0x001fe47c_b55fcfb3_2c7cda5b_533b38ec,
    0x0021478e_11ce6504_572dac5a_a382b40f,
    0x0022aaa1_5a78cf49_bf167ce2_126e4087,
    0x00240db6_8f61b8e6_bb24d6a1_6ac0de44,
    0x002570cd_b08bcc42_54467274_857eeb9c,
    0x0026d3e6_bdf9b3c7_456e56d6_5019f4c1,
    0x00283701_b7ae19e3_fb99f75a_ecaf75fb,
    0x00299a1e_9daba90a_95d65430_ec6468fa,
    0x002afd3d_6ff50bb0_e54519a9_a3e775d1,
];

/// (ln 2·2^-15)^k / k! in units of 2^-128, for k from 1 to 3.
pub(super) const EXP_WIDE_TERMS: [u128; 3] = [
    0x000162e4_2fefa39e_f35793c7_673007e6,
    0x00000000_f5fdeffc_162c7543_78b58376,
    0x00000000_000071ac_235c1282_fe2cce9e,
];

/// The same for k from 4 to 7.
pub(super) const EXP_NARROW_TERMS: [u64; 4] = [
    0x276556df749cee54,
    0x00000aec3ff3c534,
    0x0000000002861226,
    0x0000000000000080,
];

/// By how much log2 of the entries of [`EXP_COARSE`] is more than what they stand for, in units of
/// 2^-143, the nearest integer.
pub(super) const EXP_COARSE_EXCESS: [i16; 32] = [
    0, -15159, -7264, 8950, -9028, 31464, -8192, -22957, -29217, -2784, -30262, 28625, -8492,
    -15975, -29424, -31355, -7687, 23085, -5427, -26230, -25639, -8783, -25492, -18404, -6467,
    -15498, -7212, 17533, 11886, 8546, -21466, 24150,
];

/// The same of 1 and the entries of [`EXP_MIDDLE`].
pub(super) const EXP_MIDDLE_EXCESS: [i16; 32] = [
    0, 23543, -19317, -17276, -15787, 3512, 5547, -12193, -720, 20918, -10153, -4189, -15309,
    -14439, -10578, -13650, -11224, 18583, -11120, -6827, 15423, 14188, -12947, -15248, -11761,
    13041, -1427, 5928, -19257, -22852, 9255, 17442,
];

/// 2^(20 − 10k) / k! in units of 2^-128, cut off, for k from 11 down to 8.
pub(super) const EXP_CLOSE_NARROW_TERMS: [u64; 4] = [
    0x00000000_00001ae6,
    0x00000000_049f93ed,
    0x000000b8_ef1d2ab6,
    0x001a01a0_1a01a01a,
];

/// The same for k from 7 down to 2.
pub(super) const EXP_CLOSE_WIDE_TERMS: [u128; 6] = [
    0x00000000_00000003_40340340_34034034,
    0x00000000_00005b05_b05b05b0_5b05b05b,
    0x00000000_08888888_88888888_88888888,
    0x000000aa_aaaaaaaa_aaaaaaaa_aaaaaaaa,
    0x000aaaaa_aaaaaaaa_aaaaaaaa_aaaaaaaa,
    0x80000000_00000000_00000000_00000000,
];

/// Reciprocals as integers, and the logarithms to base 2 of what they stand for, negated.
pub(super) struct Reciprocals<const N: usize> {
    pub(super) factors: [u32; N],
    pub(super) logs: [i128; N],
}

/// r·2^13 and −log2 r in units of 2^-126, where r is about the reciprocal of the middle of the i-th
/// of 32 parts of [1, 2).
pub(super) const LOG_COARSE: Reciprocals<32> = Reciprocals {
    factors: [
        0x1f82, 0x1e91, 0x1dae, 0x1cd8, 0x1c0e, 0x1b4f, 0x1a99, 0x19ed, 0x1949, 0x18ad, 0x1818,
        0x178a, 0x1703, 0x1681, 0x1606, 0x158f, 0x151d, 0x14b0, 0x1447, 0x13e2, 0x1381, 0x1324,
        0x12ca, 0x1273, 0x1220, 0x11cf, 0x1181, 0x1136, 0x10ed, 0x10a7, 0x1062, 0x1020,
    ],
    logs: [
        0x016e6253_17aa9f87_322b0a6d_be8c54e7,
        0x043b6432_b2a266a0_6a06a7bf_350a39ad,
        0x06f33ca6_b333c90b_b8f4d8f4_3c093bda,
        0x099689f2_34975b55_f95018a3_61f95892,
        0x0c262cfd_61c9ae69_a8d8a53b_b3a63898,
        0x0ea34c20_4bd78498_5770d1d1_8be95451,
        0x1112ce25_b2972147_03d16eb9_402bda83,
        0x136f90dd_b6fff74e_9c709836_ded695ce,
        0x15bef9b1_c239d6f1_9e9e236d_fd33f549,
        0x17ff9bef_dea5c8b4_0223c9d7_e00a09c3,
        0x1a33d25f_cb1fac3a_ec9646eb_327c05d4,
        0x1c5a5bc3_b12430f1_4b28ba29_e8db52f8,
        0x1e71ebad_35f088b0_4f0474af_08ef888a,
        0x20816024_b394dec6_2a1049ac_5af89ebc,
        0x227f8111_cffbd4c4_aceb7fbf_d6af84ca,
        0x2477bf74_3feaa3ad_4b56c9ee_13af6df6,
        0x26651b75_5acf0c89_47fe1010_5286a1d0,
        0x2846a853_ae553ba8_9c902c12_339a356e,
        0x2a20006e_2cb82aec_4b1bd15a_8a5fe43a,
        0x2bf06fa8_a85ab682_59840c44_603bd1b8,
        0x2db73c4b_1ed8a7be_e9289fd8_7bb3b8f6,
        0x2f73a773_25861c69_d843902f_5aad7543,
        0x3129d780_c95c936f_688e1bfe_dbd43611,
        0x32d9499d_2e870bde_b2529dc2_6605d798,
        0x347c5e95_887ec06b_1ff18294_40c24aeb,
        0x361ca4ed_6b2696a7_beb4a051_e0b1fd79,
        0x37b48d2e_ecf210b3_ee694f04_a19505b6,
        0x394385a6_99e05a7f_be7c26cf_ea578dce,
        0x3ace6e0b_455fc978_77dd4760_9087a621,
        0x3c4f685d_9661dbe7_ebb6333f_02dc66a0,
        0x3dd11f7b_c581f412_3efcbad1_9fa0e782,
        0x3f480d7a_4887bd74_038e427f_f43585de,
    ],
};

/// r·2^16 and −log2 r, for the i-th of 32 parts of 1 ± 2^-6.
pub(super) const LOG_MIDDLE: Reciprocals<32> = Reciprocals {
    factors: [
        0x103ef, 0x103ad, 0x1036c, 0x1032a, 0x102e8, 0x102a7, 0x10266, 0x10225, 0x101e4, 0x101a3,
        0x10162, 0x10121, 0x100e1, 0x100a0, 0x10060, 0x10020, 0xffe0, 0xffa0, 0xff60, 0xff21,
        0xfee1, 0xfea2, 0xfe63, 0xfe23, 0xfde4, 0xfda6, 0xfd67, 0xfd28, 0xfcea, 0xfcab, 0xfc6d,
        0xfc2f,
    ],
    logs: [
        -0x01686fb4_e03896c0_953abe96_f101d9cf,
        -0x0150fb01_22f7f908_fbea09da_c416d3a2,
        -0x0139db73_f9501dbb_256a54cb_699c0d60,
        -0x01225ae6_89d27143_271343d2_accef002,
        -0x010ad45c_2299287e_b6f9315d_63e776db,
        -0x00f3a334_9da13406_ddffaf30_5841113a,
        -0x00dc6c38_575ac94d_dfc4bd58_2a3b4d1a,
        -0x00c52f64_60666dde_7af3c88f_d7651baf,
        -0x00adecb5_c72ccb30_93f754d2_f449b3a7,
        -0x0096a429_97dc71df_d7b718b3_c631546a,
        -0x007f55bc_dc679a0f_7607531c_52ad6db8,
        -0x0068016c_9c81e0f6_abdb9fa4_713b8919,
        -0x0051033a_495245ae_219e712f_2465a4c7,
        -0x0039a331_5d39b879_75da2742_329b1f10,
        -0x0022996e_bab71ca7_b1534db3_51d3d969,
        -0x000b89eb_17bcabe1_857a9d69_d37bc0a6,
        0x000b8b5c_6c35e142_a9b347d4_ca3109fe,
        0x0022a66a_b3c9bcaa_29ce2406_7a08adc4,
        0x0039c742_a3d32cb5_83e5f71e_eb908678,
        0x00509141_22d19189_e78f0aa0_14b31922,
        0x0067bd9d_d7599ed1_32d61490_4e46c4c3,
        0x007e92f8_ae19aac1_b15d0bce_2ede6776,
        0x00956dfa_72866fc5_7d80829e_9f3957a5,
        0x00acaba8_2de3c7b0_66de1375_b3af674a,
        0x00c39217_4b0164ab_1ea4e810_5d893d4d,
        0x00da2105_5e82bf35_ae3a2efe_eecdd9b0,
        0x00f112be_f0bfd79b_0a69e609_98a9489d,
        0x01080a2d_86b36cf9_166207c4_b2c7123c,
        0x011ea9de_4255f4c9_2bf40935_f0697735,
        0x0135aca8_1ac03a4d_5d5181bc_c4449820,
        0x014c578b_7aaa07bb_7cfb1c78_bcea7e9c,
        0x01630800_d31b98a5_ad7f1d7c_7952fdaf,
    ],
};

/// r·2^24 and −log2 r, for the i-th of 34 parts of 1 ± 17·2^-15.
pub(super) const LOG_FINE: Reciprocals<34> = Reciprocals {
    factors: [
        0x1002104, 0x1001f04, 0x1001d03, 0x1001b03, 0x1001902, 0x1001702, 0x1001502, 0x1001301,
        0x1001101, 0x1000f01, 0x1000d01, 0x1000b00, 0x1000900, 0x1000700, 0x1000500, 0x1000300,
        0x1000100, 0xffff00, 0xfffd00, 0xfffb00, 0xfff900, 0xfff700, 0xfff500, 0xfff301, 0xfff101,
        0xffef01, 0xffed01, 0xffeb02, 0xffe902, 0xffe702, 0xffe503, 0xffe303, 0xffe104, 0xffdf04,
    ],
    logs: [
        -0x000be7a5_a2dd95ef_344ff578_135c60b3,
        -0x000b2f12_7cfb0542_324d0ac0_8697d021,
        -0x000a7621_9b758f59_451892d7_a3f1a9f0,
        -0x0009bd8b_92dea85b_bf63c88d_1ea98362,
        -0x00090497_cd27efb4_c85b9e40_ad98f869,
        -0x00084bfe_e1c59929_2fa509b2_a0d55081,
        -0x00079364_85512648_87694b68_b5b3d471,
        -0x0006da6c_69819802_74baaf60_5600189c,
        -0x000621cf_2a1f1092_00421f71_a230e7ee,
        -0x00056930_79991e03_5c2f7914_7f6b41b4,
        -0x0004b090_57e9fc19_9d1d5676_e3316587,
        -0x0003f792_73e5fc90_d39d973b_ff417f19,
        -0x00033eef_6f1a92e1_bed17b67_996af7d5,
        -0x0002864a_f914a96e_dea73824_523312f5,
        -0x0001cda5_11ce7b70_d0b629d4_23e455ea,
        -0x000114fd_b94243fd_9673cebe_873fa976,
        -0x00005c54_ef6a3e08_941ee82b_3ea54e63,
        0x00005c55_4bbf5b9d_70556f53_93b653d6,
        0x00011500_f8404e46_5056b868_8e53856b,
        0x0001cdae_161e5f66_85c80e53_e97e51d5,
        0x0002865c_a55f5495_2c173116_8acb8a5a,
        0x00033f0c_a608f38c_01519a6f_d4da833a,
        0x0003f7be_18210227_67399dae_b54171c9,
        0x0004b014_a1df506f_c1d03c2a_87a86e42,
        0x000568c8_f62cd205_4a8cdcef_cd356ff6,
        0x0006217e_bbfa12c1_3f7fc520_ed0af6b1,
        0x0006da35_f34cd90a_8abe7af3_afad838c,
        0x00079292_3f7a46ca_3b491ca5_5ebf1bce,
        0x00084b4c_5930a1f3_3d5f85d9_a38a377a,
        0x00090407_e47dd3ca_def43c0c_409d490e,
        0x0009bc68_828cf471_4a618f95_f1a5f1ee,
        0x000a7526_f06055f9_f77c9a8b_f5e23b3b,
        0x000b2d8a_6f8fe5f9_db0edf81_ff76e8ca,
        0x000be64b_c0008881_d272ec85_c895c2e8,
    ],
};
/// Coefficients log2(e)/(k + 1) of the series of log2(1 ± z)/z, by the precision they need.
pub(super) struct Terms<const WIDE: usize, const NARROW: usize> {
    pub(super) wide: [u128; WIDE],
    pub(super) narrow: [u64; NARROW],
}

/// Those of even k: for k = 0, 2 in units of 2^-127 and 2^-97; for k = 4, 6, 8 of 2^-65, 2^-37 and
/// 2^-7.
pub(super) const LOG_EVEN_TERMS: Terms<2, 3> = Terms {
    wide: [
        0xb8aa3b29_5c17f0bb_be87fed0_691d3e89,
        0xf6384ee1_d01feba4_fe0aa916,
    ],
    narrow: [0x93bb_6287_7cdf_f3c9, 0x0006_985d_8a9f, 0x15],
};

/// Those of odd k: for k = 1, 3 in units of 2^-112 and 2^-82; for k = 5, 7 of 2^-52 and 2^-22.
pub(super) const LOG_ODD_TERMS: Terms<2, 2> = Terms {
    wide: [
        0xb8aa_3b295c17_f0bbbe87_fed0691d,
        0x0001_7154_7652_b82f_e177_7d10,
    ],
    narrow: [0x0003_d8e1_3b87_4080, 0x000b_8aa4],
};
