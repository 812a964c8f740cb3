use super::*;

#[test]
fn registers_are_counted_by_64_bits() {
    let module = "\
define i64 @five(ptr noalias %0, i128 %a, i64 range(i64 0, 9) %b, i1 %c) #0 {
define void @six(ptr sret([32 x i8]) align 16 %0, i128 %a, [2 x i64] %b, i8 %c) {
define internal fastcc i64 @nine(i128 %0, i128 %1, i128 %2, i128 %3, i1 %4) #1 {
define void @_RNvMs2_NtCs1_4core3fmtNtB5_9Formatter12pad_integral(ptr %0, i128 %1, i128 %2, i128 %3) {
declare void @other(i128, i128, i128, i128)";
    assert_eq!(beyond(module), ["six", "nine"]);
}

#[test]
fn structs_and_vectors_take_the_registers_of_what_is_in_them() {
    let module = "\
define void @five({ i64, i64 } %0, <2 x i64> %1, i1 %2) {
define void @struct_six({ i64, i64 } %0, { i128, [2 x i64] } %1) {
define void @packed_six(<{ i64, i128 }> %0, { i64, { i8, ptr } } noundef %1) {
define void @vector_six(<2 x i128> %0, <2 x i64> noundef %1) {
define void @five_bytes([5 x i8] %0) {
define void @none() {";
    let beyond = beyond(module);
    assert_eq!(beyond, ["struct_six", "packed_six", "vector_six"]);
}
