# Sourced by quickstart.sh and test.sh: makes the machine able to build hasten. Installs what is missing and nothing
# else; where it may not, it says what to install and ends with 2. Every step is skipped when it is already done.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

BUILD_PACKAGES=(g++ cmake ninja-build pkg-config libboost-graph-dev libtomlplusplus-dev libyaml-cpp-dev libfmt-dev
  libcli11-dev nlohmann-json3-dev libxxhash-dev libjemalloc-dev libpugixml-dev)
NODE_PACKAGES=(nodejs npm ca-certificates)

say() { printf '\n==> %s\n' "$*"; }

give_up() {
  printf 'hasten: %s\n' "$@" >&2
  exit 2
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Any npm that runs will do: a newer node than Debian's is kept, and Debian's is not put beside it.
has_npm() { command -v node >/dev/null && npm --version >/dev/null 2>&1; }

# install_missing PACKAGE... : of these and of npm, what is not there.
install_missing() {
  local missing=() package
  command -v dpkg-query >/dev/null ||
    give_up "this needs Debian's packages and found no dpkg; install what these hold: $* ${NODE_PACKAGES[*]}" \
      "and then: cmake --preset release && cmake --build --preset release"
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  if ! has_npm; then
    for package in "${NODE_PACKAGES[@]}"; do
      is_installed "$package" || missing+=("$package")
    done
  fi
  if [ ${#missing[@]} -eq 0 ]; then
    return
  fi

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    # Without a terminal nobody can type a password, so only a sudo that asks for none counts.
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      give_up "some packages are missing, and this is neither root nor able to use sudo; ask for:" \
        "apt-get install ${missing[*]}"
    fi
  fi
  command -v apt-get >/dev/null || give_up "some packages are missing, and there is no apt-get; install: ${missing[*]}"

  say "Installing what is missing: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600)
  # A broken list of somebody else's packages makes update fail and does not matter; install decides.
  lists_are_fresh || "${apt[@]}" update || true
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" ||
    give_up "apt-get could not install them; hasten needs: apt-get install ${missing[*]}"
}

# Fetched within a day; mirrors drop the files that older lists name.
lists_are_fresh() {
  compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null &&
    [ -n "$(find /var/lib/apt/lists/partial -maxdepth 0 -mtime -1 2>/dev/null)" ]
}

require_tool_versions() {
  local version
  version="$(cmake --version | sed -n '1s/.*version //p')"
  at_least "$version" 3.25 || give_up "cmake is $version, 3.25 or newer is needed (Debian 12, Ubuntu 24.04 have it)"
  version="$("${CXX:-c++}" -dumpfullversion -dumpversion)"
  at_least "$version" 12 || give_up "the C++ compiler is version $version; g++ 12 or clang 16, or newer, is needed"
}

at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# build PRESET CONFIGURE_OPTION... [--target TARGET...]
build() {
  local preset="$1" options=()
  shift
  while [ $# -gt 0 ] && [ "$1" != --target ]; do
    options+=("$1")
    shift
  done
  # Configuring talks a lot; it is of interest when it fails.
  mkdir -p build && [ -w build ] || give_up "cannot write to $PWD/build"
  if ! cmake --preset "$preset" "${options[@]}" >"build/$preset.log" 2>&1; then
    cat "build/$preset.log" >&2
    return 1
  fi
  cmake --build --preset "$preset" "$@"
}
