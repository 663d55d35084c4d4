#!/usr/bin/env bash
# From a checkout to every test passed, in one command:
#
#     bash cmake/test.sh
#
# Installs what is missing, builds the dev and the asan preset and runs the tests of both. The last line is
# `N passed, N failed`; a build that fails counts as a failed test. Ends with 0 when all passed, with 1 when not, and
# with 2 when something is missing that it may not install. Run it as often as you like.

source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

TEST_PACKAGES=(libgtest-dev libbenchmark-dev clang-format-14 git patch python3 python3-pytest python3-jsonschema python3-yaml pre-commit)
# What the samples need to run under the real pytest.
SAMPLE_PACKAGES=(python3-aiosqlite python3-boto3 python3-django python3-fastapi python3-freezegun python3-httpx
  python3-pandas python3-pytest-asyncio python3-pytest-django python3-pytest-mock python3-requests python3-requests-mock
  python3-responses python3-sqlalchemy python3-starlette)

install_missing "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}" "${SAMPLE_PACKAGES[@]}"
require_tool_versions

passed=0
failed=0

# The attribute of the one <testsuite> element of a report that ctest wrote.
count() { sed -n "s/^[[:space:]]*$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

run_tests() {
  local preset="$1" report="build/$1/tests.xml" tests failures skipped
  say "Building $preset"
  if ! build "$preset"; then
    failed=$((failed + 1))
    return
  fi
  say "Testing $preset"
  rm -f "$report"
  ctest --preset "$preset" --output-junit "$PWD/$report" -j "$(nproc)" || true
  tests="$(count "$report" tests)" failures="$(count "$report" failures)" skipped="$(count "$report" skipped)"
  if [ -z "$tests" ]; then
    failed=$((failed + 1))
    return
  fi
  passed=$((passed + tests - failures - skipped))
  failed=$((failed + failures))
}

run_tests dev
run_tests asan

echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
