# rules/knowledge/*.toml -> sorted constexpr tables. The host tool judges the files; what is wrong fails the build.

file(GLOB knowledge_files RELATIVE "${CMAKE_SOURCE_DIR}" CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/rules/knowledge/*.toml")
file(GLOB compiler_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/analyzer/knowledge/compiler/*.cc")
# What entries mean, for the host tool and for the entries of a project's own configuration.
file(GLOB fact_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/analyzer/knowledge/facts/*.cc")
add_library(hasten_knowledge_facts STATIC ${fact_sources})
target_link_libraries(hasten_knowledge_facts PUBLIC hasten_flags hasten_model fmt::fmt-header-only)
target_link_libraries(hasten_knowledge PUBLIC hasten_knowledge_facts)

add_executable(hasten_knowledge_compiler ${compiler_sources})
target_link_libraries(hasten_knowledge_compiler PRIVATE hasten_knowledge_facts tomlplusplus::tomlplusplus)

set(knowledge_tables "${CMAKE_BINARY_DIR}/generated/knowledge_tables.cc")
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/generated")
add_custom_command(
  OUTPUT "${knowledge_tables}"
  COMMAND hasten_knowledge_compiler "${knowledge_tables}" ${knowledge_files}
  DEPENDS hasten_knowledge_compiler ${knowledge_files}
  WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" # the tables say which file, seen from here, says what
  COMMENT "Compiling knowledge"
  VERBATIM)
target_sources(hasten_knowledge PRIVATE "${knowledge_tables}")

# The compiler's own tests run the tool; the oracle holds the files against the standard library of the Python at hand.
function(hasten_knowledge_tests)
  if(NOT TARGET unit_knowledge)
    return()
  endif()
  target_compile_definitions(unit_knowledge PRIVATE
    HASTEN_KNOWLEDGE_COMPILER="$<TARGET_FILE:hasten_knowledge_compiler>")
  add_dependencies(unit_knowledge hasten_knowledge_compiler)
  find_program(HASTEN_PYTHON NAMES python3 REQUIRED)
  add_test(NAME oracle.knowledge_names
    COMMAND "${HASTEN_PYTHON}" -B -W ignore "${CMAKE_SOURCE_DIR}/tests/oracle/knowledge_names.py"
            "${CMAKE_SOURCE_DIR}/rules/knowledge")
  set_tests_properties(oracle.knowledge_names PROPERTIES LABELS integration SKIP_RETURN_CODE 77 TIMEOUT 120)
endfunction()
# tests/ is added after this file.
cmake_language(DEFER CALL hasten_knowledge_tests)
