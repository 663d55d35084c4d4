#!/usr/bin/env bash
# Instructions per source byte of `hasten check` over the samples, counted by callgrind, against tests/bench/budget.txt.
# Instructions do not depend on what else the machine does. Fails when the budget is exceeded by more than 5 %.
#
#     bash tests/bench/instructions.sh [--write]        --write makes what was counted the budget
#
# BUILD chooses the build folder (default: build/release).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build="${BUILD:-build/release}"
budget=tests/bench/budget.txt
command -v valgrind >/dev/null || { echo "valgrind is not installed" >&2; exit 77; }
[ -f "$build/build.ninja" ] || cmake --preset release >/dev/null
cmake --build "$build" --target hasten bench_inspect >/dev/null

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

# Repeats a path under names of its own, for an input that outweighs the start and still takes seconds under valgrind.
mkdir "$scratch/project"
for copy in 1 2 3 4; do cp -r samples "$scratch/project/samples_$copy"; done
printf '[pytest]\n' >"$scratch/project/pytest.ini"

count() { # COMMAND... : instructions
  local code=0
  valgrind --tool=callgrind --callgrind-out-file="$scratch/out" "$@" >/dev/null 2>"$scratch/log" || code=$?
  [ "$code" -le 1 ] || { cat "$scratch/log" >&2; return 2; }
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$scratch/log"
}

start="$(count "$build/hasten" --version)"
whole="$(count "$build/hasten" check --isolated --workers 1 --output-format json "$scratch/project")"
bytes="$("$build/tests/bench/bench_inspect" "$scratch/list" "$scratch/project" | cut -d' ' -f2)"
per_byte="$(awk "BEGIN { printf \"%.0f\", ($whole - $start) / $bytes }")"

kind="$(sed -n 's/^CMAKE_BUILD_TYPE:[A-Z]*=//p' "$build/CMakeCache.txt")"
echo "$kind: $per_byte instructions per source byte over $bytes bytes; start $start instructions"
if [ "${1:-}" = --write ]; then
  { grep -v "^$kind " "$budget" || true; echo "$kind $per_byte $start"; } >"$scratch/budget"
  mv "$scratch/budget" "$budget"
  exit
fi
read -r _ allowed allowed_start <<<"$(grep "^$kind " "$budget")" || { echo "$budget has no line for $kind" >&2; exit 2; }
awk -v is="$per_byte" -v may="$allowed" -v is_start="$start" -v may_start="$allowed_start" 'BEGIN {
  printf "budget: %d per source byte, %d for the start\n", may, may_start
  exit is > may * 1.05 || is_start > may_start * 1.05 }' || { echo "over budget by more than 5 %" >&2; exit 1; }
