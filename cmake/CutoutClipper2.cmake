# cutout_use_clipper2(<target>): links the program with Clipper2, an independent polygon clipping library that
# benchmarks and tests compare with. Nothing that ships uses it.
#
# CUTOUT_CLIPPER2 is the folder that holds usr/include/clipper2: "/" for the system's own, else a folder of
# unpacked packages (`tools/setup bench` fetches it). Those may need a newer C and C++ library than the
# system's and bring them along: the program then names their loader and looks there first.
set(CUTOUT_CLIPPER2 "" CACHE PATH "Folder that holds usr/include/clipper2; empty: without what needs Clipper2")

function(cutout_use_clipper2 target)
  if(NOT EXISTS "${CUTOUT_CLIPPER2}/usr/include/clipper2/clipper.h")
    message(FATAL_ERROR "CUTOUT_CLIPPER2 is '${CUTOUT_CLIPPER2}', which holds no usr/include/clipper2/clipper.h")
  endif()
  file(GLOB libraries "${CUTOUT_CLIPPER2}/usr/lib/*-linux-gnu" "${CUTOUT_CLIPPER2}/usr/lib64" "${CUTOUT_CLIPPER2}/usr/lib")
  find_library(CUTOUT_CLIPPER2_LIBRARY Clipper2 PATHS ${libraries} NO_DEFAULT_PATH REQUIRED)
  target_link_libraries(${target} PRIVATE "${CUTOUT_CLIPPER2_LIBRARY}")
  if(CUTOUT_CLIPPER2 STREQUAL "/")
    return()
  endif()
  cmake_path(GET CUTOUT_CLIPPER2_LIBRARY PARENT_PATH folder)
  file(GLOB loader "${folder}/ld-linux*.so.*")
  if(NOT loader)
    message(FATAL_ERROR "${folder} holds no program loader (ld-linux*.so.*)")
  endif()
  target_include_directories(${target} SYSTEM PRIVATE "${CUTOUT_CLIPPER2}/usr/include")
  # The old kind of search path also holds for what the libraries load themselves.
  target_link_options(${target} PRIVATE "LINKER:--dynamic-linker=${loader}" "LINKER:--disable-new-dtags"
    "LINKER:-rpath,${folder}" "LINKER:--allow-shlib-undefined")
  set_target_properties(${target} PROPERTIES SKIP_BUILD_RPATH ON)
endfunction()
