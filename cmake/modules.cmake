# mingzhang_module(NAME SOURCES … LIBRARIES …): a module's static library.
function(mingzhang_module name)
  cmake_parse_arguments(M "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_library(${name} STATIC ${M_SOURCES})
  target_link_libraries(${name} PUBLIC ${M_LIBRARIES})
endfunction()

# mingzhang_test(NAME SOURCES … LIBRARIES …): one Check program, run by CTest under its own name.
function(mingzhang_test name)
  cmake_parse_arguments(T "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE ${T_LIBRARIES} check subunit m rt pthread)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  # Check's own four seconds are too few under sanitizers or beside other work.
  set_tests_properties(${name} PROPERTIES ENVIRONMENT CK_DEFAULT_TIMEOUT=120)
endfunction()

# mingzhang_fuzz(NAME SOURCE LIBRARIES … CORPUS DIR): a fuzz target. With MINGZHANG_FUZZ it is a
# libFuzzer program, tried for as long as tests/fuzz.sh is told; otherwise its corpus is replayed by
# a small driver in every test run.
function(mingzhang_fuzz name)
  cmake_parse_arguments(F "" "SOURCE;CORPUS" "LIBRARIES" ${ARGN})
  if(MINGZHANG_FUZZ)
    add_executable(${name} ${F_SOURCE})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(${name} PRIVATE ${F_LIBRARIES})
    add_test(NAME ${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/fuzz.sh $<TARGET_FILE:${name}>
      ${CMAKE_SOURCE_DIR}/${F_CORPUS})
  else()
    add_executable(${name} ${F_SOURCE} ${CMAKE_SOURCE_DIR}/tests/fuzz_replay.c)
    target_link_libraries(${name} PRIVATE ${F_LIBRARIES})
    add_test(NAME ${name} COMMAND ${name} ${CMAKE_SOURCE_DIR}/${F_CORPUS})
  endif()
endfunction()
