# tree-sitter and tree-sitter-python: C sources from the npm packages that grammars/package-lock.json pins, fetched once
# per build folder (the source tree may be read-only, and build folders configure side by side). Installed again only
# when the lock file changes; nothing of the packages is ever run.

set(HASTEN_GRAMMARS "${CMAKE_BINARY_DIR}/grammars")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  "${CMAKE_SOURCE_DIR}/grammars/package.json" "${CMAKE_SOURCE_DIR}/grammars/package-lock.json")

function(hasten_fetch_grammars)
  file(SHA256 "${CMAKE_SOURCE_DIR}/grammars/package-lock.json" wanted)
  set(stamp "${HASTEN_GRAMMARS}/installed")
  if(EXISTS "${stamp}")
    file(READ "${stamp}" installed)
    if(installed STREQUAL wanted)
      return()
    endif()
  endif()
  find_program(NPM npm)
  if(NOT NPM)
    message(FATAL_ERROR "hasten: missing dependency, install it with: apt-get install npm")
  endif()
  file(COPY "${CMAKE_SOURCE_DIR}/grammars/package.json" "${CMAKE_SOURCE_DIR}/grammars/package-lock.json"
    "${CMAKE_SOURCE_DIR}/grammars/.npmrc" DESTINATION "${HASTEN_GRAMMARS}")
  execute_process(COMMAND "${NPM}" ci --ignore-scripts --prefer-offline WORKING_DIRECTORY "${HASTEN_GRAMMARS}"
    RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
  file(WRITE "${HASTEN_GRAMMARS}/npm.log" "${output}")
  if(failed)
    message(FATAL_ERROR
      "hasten: npm could not fetch the grammars, see ${HASTEN_GRAMMARS}/npm.log; needs network access or an npm cache")
  endif()
  file(WRITE "${stamp}" "${wanted}")
endfunction()

file(LOCK "${CMAKE_BINARY_DIR}/grammars.lock" GUARD FILE TIMEOUT 300)
hasten_fetch_grammars()
file(LOCK "${CMAKE_BINARY_DIR}/grammars.lock" RELEASE)

# Third-party: no warnings of ours, and optimized in Debug builds too, where the tests would crawl otherwise.
# These are the stock sources. Both take their memory from malloc until ts_set_allocator is called at run time, so the
# same two libraries serve the product and the yardstick of tests/bench.
set(tree_sitter "${HASTEN_GRAMMARS}/node_modules/tree-sitter/vendor/tree-sitter/lib")
set(tree_sitter_python "${HASTEN_GRAMMARS}/node_modules/tree-sitter-python/src")

add_library(tree_sitter_core STATIC "${tree_sitter}/src/lib.c")
target_include_directories(tree_sitter_core SYSTEM PUBLIC "${tree_sitter}/include" PRIVATE "${tree_sitter}/src")

add_library(tree_sitter_python STATIC "${tree_sitter_python}/parser.c" "${tree_sitter_python}/scanner.c")
target_include_directories(tree_sitter_python SYSTEM PRIVATE "${tree_sitter_python}")
target_compile_definitions(tree_sitter_python PRIVATE TREE_SITTER_REUSE_ALLOCATOR)
target_link_libraries(tree_sitter_python PUBLIC tree_sitter_core)

foreach(library tree_sitter_core tree_sitter_python)
  set_target_properties(${library} PROPERTIES C_STANDARD 11 C_EXTENSIONS OFF)
  target_compile_definitions(${library} PRIVATE NDEBUG _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
  target_compile_options(${library} PRIVATE -O3 -w)
endforeach()

add_library(hasten_grammars INTERFACE)
target_link_libraries(hasten_grammars INTERFACE tree_sitter_python tree_sitter_core)
