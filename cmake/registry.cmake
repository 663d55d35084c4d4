# rules/<family>/<rule_name>.cc -> the list behind all_rules().
file(GLOB_RECURSE rule_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/rules/*.cc")
