# rules/<family>/<rule_name>.cc -> the list behind all_rules(). A rule's file defines `extern const Rule <rule_name>` in
# hasten::rules; adding the file is all it takes.

file(GLOB rule_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/rules/*/*.cc")
list(SORT rule_sources)

set(rule_declarations "")
set(rule_addresses "")
set(rule_origins "")
foreach(source IN LISTS rule_sources)
  cmake_path(GET source STEM rule)
  cmake_path(GET source PARENT_PATH folder)
  cmake_path(GET folder FILENAME family)
  string(APPEND rule_declarations "extern const Rule ${rule};\n")
  string(APPEND rule_addresses "    &rules::${rule},\n")
  string(APPEND rule_origins "    {&rules::${rule}, \"${family}\", \"${rule}\"},\n")
endforeach()

# Written only when it changes, so that a new configuration run compiles nothing again.
configure_file("${CMAKE_SOURCE_DIR}/cmake/registry.cc.in" "${CMAKE_BINARY_DIR}/generated/registry.cc" @ONLY)

add_library(hasten_rules STATIC "${CMAKE_BINARY_DIR}/generated/registry.cc" ${rule_sources})
target_link_libraries(hasten_rules PUBLIC hasten_check fmt::fmt-header-only)

# Choosing rules by name needs the catalogue, the catalogue needs the hooks' vocabulary: the two libraries are one.
target_link_libraries(hasten_check PUBLIC hasten_rules)
