# Compiler settings, the same for every file of ours. Presets choose the build type; there are no feature switches.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

# The grammars' C code is built with the same flags: it is where most of the time goes, so it is what LTO and a profile
# help most, and what a sanitizer should see into.
function(hasten_build_type name flags)
  string(TOUPPER "${name}" upper)
  set(CMAKE_C_FLAGS_${upper} "${flags}" PARENT_SCOPE)
  set(CMAKE_CXX_FLAGS_${upper} "${flags}" PARENT_SCOPE)
endfunction()

set(sanitized "-O1 -g1 -fno-omit-frame-pointer -fno-sanitize-recover=all")
hasten_build_type(Debug "-O1 -g1")              # asserts on; quick to build and quick enough for property tests
hasten_build_type(Release "-O3 -DNDEBUG")       # + LTO, static
hasten_build_type(PgoTrain "-O3 -DNDEBUG -fprofile-generate -fprofile-update=prefer-atomic")
hasten_build_type(Pgo "-O3 -DNDEBUG -fprofile-use -fprofile-partial-training -Wno-missing-profile")  # + LTO, static
hasten_build_type(Asan "${sanitized} -fsanitize=address,undefined")
hasten_build_type(Tsan "-O1 -g1 -fno-omit-frame-pointer -fsanitize=thread")
hasten_build_type(Fuzz  # tree-sitter calls through pointers that say (void); only clang minds
  "${sanitized} -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=function")

set(build_types Debug Release PgoTrain Pgo Asan Tsan Fuzz)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug)
elseif(NOT CMAKE_BUILD_TYPE IN_LIST build_types)
  message(FATAL_ERROR " hasten: no build type ${CMAKE_BUILD_TYPE}; there are: ${build_types}")
endif()
if(CMAKE_BUILD_TYPE MATCHES "^Pgo" AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR " hasten: profiles are read and written in g++'s format; use g++ for ${CMAKE_BUILD_TYPE}")
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Fuzz" AND NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR " hasten: libFuzzer is clang's; configure with CC=clang-19 CXX=clang++-19")
endif()

# What ships is one file that runs anywhere: whole-program optimised, and linked without a shared library.
set(CMAKE_INTERPROCEDURAL_OPTIMIZATION_RELEASE ON)
set(CMAKE_INTERPROCEDURAL_OPTIMIZATION_PGO ON)
set(HASTEN_SHIPPED "$<CONFIG:Release,Pgo>")

add_library(hasten_flags INTERFACE)
target_include_directories(hasten_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(hasten_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wimplicit-fallthrough
  # g++ 12's own <algorithm> calls what it deprecates, and clang tells it to whoever sorts.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
