# Compiler switches shared by every target.
add_compile_definitions(_POSIX_C_SOURCE=200809L)
add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wno-sign-conversion
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wcast-qual
  -Wwrite-strings -Wformat=2 -Wundef -Wvla -Wswitch-enum -fno-strict-aliasing
  -fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT MINGZHANG_SANITIZE AND NOT MINGZHANG_FUZZ)
  add_compile_options(-D_FORTIFY_SOURCE=2)
endif()
if(MINGZHANG_SANITIZE)
  # Under sanitizers gcc no longer sees how long a text can be, and guesses.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
    $<$<C_COMPILER_ID:GNU>:-Wno-format-truncation>)
  add_link_options(-fsanitize=address,undefined)
endif()
if(MINGZHANG_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()
if(MINGZHANG_COVERAGE)
  add_compile_options(--coverage -O0)
  add_link_options(--coverage)
endif()
include_directories(${CMAKE_SOURCE_DIR})
