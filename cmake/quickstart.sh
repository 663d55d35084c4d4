#!/usr/bin/env bash
# From a checkout to findings, in one command:
#
#     bash cmake/quickstart.sh [PATH]
#
# Installs the packages that are missing (apt-get, as root or through sudo), builds the release preset into
# build/release, and runs `hasten check` and `hasten graph` on PATH, or on a sample that has something to find. Run it
# as often as you like: what is done is not done again. Ends with 0 when all of it worked, whether or not there were
# findings, and with 2 when something is missing that it may not install.

path="$(realpath -m -- "${1:-$(dirname "${BASH_SOURCE[0]}")/../samples/data_pipeline}")"
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

[ -e "$path" ] || give_up "there is no $path"

install_missing "${BUILD_PACKAGES[@]}"
require_tool_versions

say "Building hasten into build/release (the first time takes some minutes)"
build release --compile-no-warning-as-error --target hasten || give_up "the build failed"
hasten="$PWD/build/release/hasten"

say "hasten check $path"
code=0
"$hasten" check "$path" || code=$?

say "hasten graph $path   (the fixture graph, as Mermaid)"
"$hasten" graph --format mermaid "$path" || give_up "hasten graph ended with $?"

case $code in
  0) say "hasten check ended with 0: no findings." ;;
  1) say "hasten check ended with 1: it has findings, listed above. (0 is a clean suite, 2 is \"could not work\".)" ;;
  *) give_up "hasten check ended with $code" ;;
esac
cat <<END
    The binary is $hasten; copy it where you like, it needs nothing else.
    hasten explain CODE shows a rule's page, hasten --help the rest.
END
