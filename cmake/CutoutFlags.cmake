# The one place for compiler flags. Everything of ours links `cutout_flags`.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g -D_GLIBCXX_ASSERTIONS")

add_library(cutout_flags INTERFACE)
target_compile_options(cutout_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  # The same bits at every optimisation level: a multiplication and an addition are never fused.
  -ffp-contract=off)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 sees an overlap inside std::string's own operator+ where there is none (GCC bug 105651).
  target_compile_options(cutout_flags INTERFACE -Wno-restrict)
endif()

if(CUTOUT_SANITIZE)
  if(CUTOUT_EXTENSION)
    message(FATAL_ERROR "CUTOUT_SANITIZE: the engine cannot load a sanitized library; set CUTOUT_EXTENSION=OFF")
  endif()
  # -O1 and frame pointers: fast enough to run every test, readable enough to find the fault.
  add_compile_options(-fsanitize=${CUTOUT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=${CUTOUT_SANITIZE})
endif()

if(CUTOUT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link -O2) # tells the fuzzer which branches an input takes
endif()
