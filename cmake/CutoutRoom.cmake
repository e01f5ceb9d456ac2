# cutout_room(<name> USES <rooms...>)
#
# Makes the library cutout_<name> from src/<name>/*.cpp. The room sees its own headers and those of the
# rooms it names, and no others: its include folder holds one link for each of them. So an include that goes
# the wrong way does not compile; `tools/check_doors` says the same without a compiler.
function(cutout_room name)
  cmake_parse_arguments(ROOM "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    "${CMAKE_SOURCE_DIR}/src/${name}/*.cpp" "${CMAKE_SOURCE_DIR}/src/${name}/*.h")
  set(units ${sources})
  list(FILTER units INCLUDE REGEX "\\.cpp$")
  if(NOT units)
    message(FATAL_ERROR "src/${name} has no source file")
  endif()

  set(doors "${CMAKE_BINARY_DIR}/doors/${name}")
  file(MAKE_DIRECTORY "${doors}")
  foreach(room IN ITEMS ${name} ${ROOM_USES})
    file(CREATE_LINK "${CMAKE_SOURCE_DIR}/src/${room}" "${doors}/${room}" SYMBOLIC)
  endforeach()

  add_library(cutout_${name} STATIC ${sources})
  target_include_directories(cutout_${name} PRIVATE "${doors}")
  target_link_libraries(cutout_${name} PRIVATE cutout_flags)
  foreach(room IN LISTS ROOM_USES)
    target_link_libraries(cutout_${name} PRIVATE cutout_${room})
  endforeach()
endfunction()
