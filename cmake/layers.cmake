# A stage of the engine is a folder and a library: analyzer/<name>/*.cc -> hasten_<name>.

function(hasten_layer name)
  cmake_parse_arguments(LAYER "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/analyzer/${name}/*.cc")
  if(sources)
    add_library(hasten_${name} STATIC ${sources})
    target_link_libraries(hasten_${name} PUBLIC hasten_flags ${LAYER_LINK})
  else()
    add_library(hasten_${name} INTERFACE)
    target_link_libraries(hasten_${name} INTERFACE hasten_flags ${LAYER_LINK})
  endif()
endfunction()
