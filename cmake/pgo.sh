#!/usr/bin/env bash
# The binary that ships: build/pgo/hasten, optimised for what real runs do.
#
#     bash cmake/pgo.sh [PATH...]
#
# Builds with counters, runs every command over the samples, the tests' Python files and each PATH, and builds again
# with the counts. Both builds use one folder, since g++ looks for an object's counts beside the object.

source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
require_tool_versions
export CCACHE_DISABLE=1 # counts are inputs that it does not always see

training=("$@")
for sample in samples/*/; do
  if compgen -G "$sample*.toml" >/dev/null || compgen -G "$sample*.ini" >/dev/null; then training+=("$sample"); fi
done
training+=(tests)

say "1/3 building with counters"
find build/pgo -name '*.gcda' -delete 2>/dev/null || true
build pgo -DCMAKE_BUILD_TYPE=PgoTrain || give_up "the build with counters failed"

say "2/3 training on ${training[*]}"
run() { # findings are fine, a crash is not
  local code=0
  build/pgo/hasten "$@" >/dev/null 2>&1 || code=$?
  [ "$code" -le 1 ] || give_up "hasten $* ended with $code while training"
}
for path in "${training[@]}"; do
  run check "$path"
  run check --output-format sarif "$path"
  run graph "$path"
done
[ -n "$(find build/pgo -name '*.gcda' -print -quit)" ] || give_up "training left no counts"

say "3/3 building with the counts"
build pgo -DCMAKE_BUILD_TYPE=Pgo || give_up "the build with counts failed"
build/pgo/hasten --version
