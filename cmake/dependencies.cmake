# Debian's packages. What is missing is said in one line, all of it at once, as a command to copy.

set(missing_packages "")

macro(hasten_require condition package)
  if(NOT ${condition})
    list(APPEND missing_packages ${package})
  endif()
endmacro()

# An archive where there is one, so that a release runs anywhere.
list(PREPEND CMAKE_FIND_LIBRARY_SUFFIXES ".a")

find_package(Threads REQUIRED)
find_package(Boost 1.74 QUIET)
hasten_require(Boost_FOUND libboost-graph-dev)
# Debian's target wants the shared library of toml++, which a static binary cannot have. Its headers alone do the same,
# and a target that is there already is kept.
add_library(tomlplusplus::tomlplusplus INTERFACE IMPORTED)
# Its debug build asserts what its release build reports as an error: that the file is no nonsense (`[.]`). It also calls
# unreachable what a letter between U+00A1 and U+0499 after a key reaches; either way the branch taken says "no blank".
target_compile_options(tomlplusplus::tomlplusplus INTERFACE "-DTOML_ASSERT(expr)=static_assert(true)"
  $<$<CONFIG:Asan,Fuzz>:-fno-sanitize=unreachable>)
find_package(tomlplusplus QUIET)
hasten_require(tomlplusplus_FOUND libtomlplusplus-dev)
find_package(yaml-cpp QUIET)
hasten_require(yaml-cpp_FOUND libyaml-cpp-dev)
# Its own target names the shared library, as that of toml++ does.
find_library(HASTEN_YAML_CPP yaml-cpp)
add_library(hasten_yaml_cpp INTERFACE)
if(HASTEN_YAML_CPP)
  target_link_libraries(hasten_yaml_cpp INTERFACE "${HASTEN_YAML_CPP}")
endif()
find_package(fmt QUIET)
hasten_require(fmt_FOUND libfmt-dev)
find_package(CLI11 QUIET)
hasten_require(CLI11_FOUND libcli11-dev)
find_package(nlohmann_json QUIET)
hasten_require(nlohmann_json_FOUND nlohmann-json3-dev)
find_package(PkgConfig QUIET)
hasten_require(PkgConfig_FOUND pkg-config)
if(PkgConfig_FOUND)
  pkg_check_modules(xxhash QUIET IMPORTED_TARGET libxxhash)
  pkg_check_modules(pugixml QUIET IMPORTED_TARGET pugixml)
endif()
hasten_require(xxhash_FOUND libxxhash-dev)
hasten_require(pugixml_FOUND libpugixml-dev)
# What ships allocates with jemalloc, on pages of 2 MiB: glibc's malloc takes those only where the environment tells it
# to, and with pages of 4 KiB `hasten check` on pandas ran 53,000 page faults and a fifth longer. The position-independent
# archive, for -static-pie.
find_library(HASTEN_JEMALLOC jemalloc_pic)
hasten_require(HASTEN_JEMALLOC libjemalloc-dev)
if(BUILD_TESTING)
  find_package(GTest QUIET)
  hasten_require(GTest_FOUND libgtest-dev)
  find_package(benchmark QUIET)
  hasten_require(benchmark_FOUND libbenchmark-dev)
endif()

if(missing_packages)
  list(JOIN missing_packages " " missing_packages)
  # The leading blank keeps CMake from breaking the line.
  message(FATAL_ERROR " hasten: missing dependencies, install them with: apt-get install ${missing_packages}")
endif()
