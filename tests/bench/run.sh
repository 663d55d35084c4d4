#!/usr/bin/env bash
# Speed, memory and start-up on real trees, against a bare stock tree-sitter parse of the same files:
#
#     bash tests/bench/run.sh PATH...
#
# BUILD chooses the build folder (default: build/pgo, as `bash cmake/pgo.sh` leaves it), ROUNDS and THREADS the rest.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ $# -gt 0 ] || { echo "usage: bash tests/bench/run.sh PATH..." >&2; exit 2; }
build="${BUILD:-build/pgo}"
[ -f "$build/build.ninja" ] || { echo "no build in $build; run: bash cmake/pgo.sh" >&2; exit 2; }

CCACHE_DISABLE=1 cmake --build "$build" --target bench
list="$build/tests/bench/files.txt"
for path in "$@"; do
  echo
  echo "== $path"
  counts="$("$build/tests/bench/bench_inspect" "$list" "$path")"
  "$build/tests/bench/hasten_bench" "$build" "$list" "${THREADS:-$(nproc)}" "${ROUNDS:-7}" "$path"
  awk '{ printf "%-22s %d files, %.2f MB; per source byte: file models %.2f, all that is kept %.2f\n",
    "memory", $1, $2 / 1e6, $3 / $2, $4 / $2 }' <<<"$counts"
done
