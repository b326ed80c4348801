#!/usr/bin/env bash
# One step of the fuzzing that ctest does:
#   fuzz_test.sh build SOURCE BUILD     configures and builds the targets in the folder BUILD
#   fuzz_test.sh TARGET SOURCE BUILD    runs one for FUZZ_SECONDS (60), beginning with its corpus
# 77: there is no clang with libFuzzer here. What a target finds is left in BUILD/found.
set -euo pipefail

step=$1 source=$2 build=$3

if [ "$step" = build ]; then
    if ! command -v clang++ >/dev/null; then
        echo "fuzzing needs clang, and clang++ is not in PATH"
        exit 77
    fi
    if ! echo 'extern "C" int LLVMFuzzerTestOneInput() { return 0; }' |
        clang++ -fsanitize=fuzzer,address,undefined -x c++ -o /dev/null - 2>/dev/null; then
        echo "fuzzing needs libFuzzer: libclang-rt-dev (Debian), compiler-rt (Fedora, Arch)"
        exit 77
    fi
    cmake -S "$source" -B "$build" --preset fuzz
    exec cmake --build "$build" --parallel 2 --target fuzz_packet fuzz_capture fuzz_trace
fi

program=$build/tests/fuzz/fuzz_$step
[ -x "$program" ] || { echo "$program was not built: see the test fuzz_build"; exit 77; }

# -timeout: one input may take so many seconds. -rss_limit_mb: all of the process, the sanitizer's
# own memory too; -malloc_limit_mb: one piece, whatever length an input claims.
case $step in
    packet) limits="-max_len=512 -timeout=1 -malloc_limit_mb=1" ;;
    capture) limits="-max_len=4096 -timeout=5 -malloc_limit_mb=32" ;;
    trace) limits="-max_len=16384 -timeout=5 -malloc_limit_mb=32 -dict=$source/tests/fuzz/trace.dict" ;;
esac
mkdir -p "$build/found" "$build/corpus/$step" # what is new goes to the latter, kept for next time
export UBSAN_OPTIONS=print_stacktrace=1
export ASAN_OPTIONS=quarantine_size_mb=16 # what was freed is kept, and is not to fill the memory
# -error_exitcode: libFuzzer's own for what it found is 77.
# shellcheck disable=SC2086 # the limits are words
exec "$program" -max_total_time="${FUZZ_SECONDS:-60}" -rss_limit_mb=512 $limits \
    -error_exitcode=1 -print_final_stats=1 -verbosity=1 -artifact_prefix="$build/found/$step-" \
    "$build/corpus/$step" "$source/tests/fuzz/corpus/$step"
