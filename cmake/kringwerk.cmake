# SPDX-License-Identifier: EUPL-1.2
# One folder of src/ = one library, its *_test.cpp = one test program. Nothing is listed by hand.

add_library(kw_settings INTERFACE)
target_include_directories(kw_settings INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
target_compile_options(kw_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fno-omit-frame-pointer)
target_compile_definitions(kw_settings INTERFACE
  KRINGWERK_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 warns about code that it made itself while it inlined the standard library.
  target_compile_options(kw_settings INTERFACE -Wno-restrict -Wno-maybe-uninitialized
    -Wno-dangling-pointer -Wno-stringop-overflow -Wno-array-bounds -Wno-stringop-overread)
  # The frame of a coroutine holds values of its own file; several files at once are not one header.
  if(CMAKE_UNITY_BUILD)
    target_compile_options(kw_settings INTERFACE -Wno-subobject-linkage)
  endif()
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16)
  # Its function sanitizer writes notes in front of functions that the assembler refuses for
  # coroutines in position-independent code.
  if(KRINGWERK_SANITIZE MATCHES "undefined")
    set(not_sanitized -fno-sanitize=function)
  endif()
endif()
if(KRINGWERK_SANITIZE)
  target_compile_options(kw_settings INTERFACE -fsanitize=${KRINGWERK_SANITIZE} ${not_sanitized} -fno-sanitize-recover=all)
  target_link_options(kw_settings INTERFACE -fsanitize=${KRINGWERK_SANITIZE})
endif()

add_custom_target(all_headers)

# kringwerk_folder(platform/store LINKS …): library kw_platform_store, program test_platform_store.
function(kringwerk_folder folder)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  set(root ${CMAKE_SOURCE_DIR}/src/${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${root}/*.cpp)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")

  if(sources)
    add_library(kw_${name} STATIC ${sources})
    target_link_libraries(kw_${name} PUBLIC ${ARG_LINKS} PRIVATE kw_settings)
    target_include_directories(kw_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
  else()
    add_library(kw_${name} INTERFACE)
    target_link_libraries(kw_${name} INTERFACE ${ARG_LINKS})
  endif()

  if(EXISTS ${root}/queries.sql)
    set(header ${CMAKE_BINARY_DIR}/generated/${folder}/queries.hpp)
    add_custom_command(OUTPUT ${header}
      COMMAND ${CMAKE_COMMAND} -DIN=${root}/queries.sql -DOUT=${header} -DFOLDER=${folder}
              -P ${CMAKE_SOURCE_DIR}/cmake/queries.cmake
      DEPENDS ${root}/queries.sql ${CMAKE_SOURCE_DIR}/cmake/queries.cmake VERBATIM)
    add_custom_target(queries_${name} DEPENDS ${header})
    if(sources)
      add_dependencies(kw_${name} queries_${name})
    endif()
  endif()

  if(tests AND KRINGWERK_TESTS)
    add_executable(test_${name} ${tests} ${CMAKE_SOURCE_DIR}/tests/doctest_main.cpp)
    target_link_libraries(test_${name} PRIVATE kw_${name} kw_settings rapidcheck)
    target_compile_definitions(test_${name} PRIVATE KRINGWERK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    set_target_properties(test_${name} PROPERTIES UNITY_BUILD OFF) # each names its own helpers
  endif()

  # Each header compiles on its own: `cmake --build … --target all_headers`.
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${root}/*.hpp)
  set(probes)
  foreach(header ${headers})
    file(RELATIVE_PATH relative ${CMAKE_SOURCE_DIR}/src ${header})
    set(probe ${CMAKE_BINARY_DIR}/headers/${relative}.cpp)
    if(NOT EXISTS ${probe})
      file(WRITE ${probe} "#include \"${relative}\"\n")
    endif()
    list(APPEND probes ${probe})
  endforeach()
  if(probes)
    add_library(headers_${name} OBJECT EXCLUDE_FROM_ALL ${probes})
    set_target_properties(headers_${name} PROPERTIES UNITY_BUILD OFF) # alone is the point
    target_link_libraries(headers_${name} PRIVATE kw_${name} kw_settings)
    if(TARGET queries_${name})
      add_dependencies(headers_${name} queries_${name})
    endif()
    add_dependencies(all_headers headers_${name})
  endif()
endfunction()

# Files that travel inside the program: data, migrations, texts, page templates, screens.
function(kringwerk_embedded)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    reference/* migrations/*.sql web/texts/*.json web/css/*.css src/*.mustache web/dist/*)
  list(SORT files COMPARE STRING)
  set(assembly ".section .rodata\n")
  set(table "// made by cmake/kringwerk.cmake\n#include \"base/embedded.hpp\"\n\n#include <array>\n\n")
  set(rows "")
  set(number 0)
  set(inputs)
  foreach(file ${files})
    string(APPEND assembly ".balign 16\n.global kw_file_${number}\nkw_file_${number}:\n"
      ".incbin \"${CMAKE_SOURCE_DIR}/${file}\"\n.global kw_file_${number}_end\nkw_file_${number}_end:\n.byte 0\n")
    string(APPEND table "extern \"C\" const char kw_file_${number}[];\nextern \"C\" const char kw_file_${number}_end[];\n")
    string(APPEND rows "    {\"${file}\", {kw_file_${number}, static_cast<std::size_t>(kw_file_${number}_end - kw_file_${number})}},\n")
    list(APPEND inputs ${CMAKE_SOURCE_DIR}/${file})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly ".section .note.GNU-stack,\"\",%progbits\n")
  string(APPEND table "\nnamespace kringwerk {\n\nstd::span<const EmbeddedFile> embedded_files() {\n"
    "    static const std::array<EmbeddedFile, ${number}> files{{\n${rows}    }};\n    return files;\n}\n\n} // namespace kringwerk\n")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/embedded_data.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/embedded_table.cpp CONTENT "${table}" @ONLY)
  set_source_files_properties(${CMAKE_BINARY_DIR}/generated/embedded_data.S PROPERTIES OBJECT_DEPENDS "${inputs}")
  add_library(kw_embedded STATIC ${CMAKE_BINARY_DIR}/generated/embedded_data.S ${CMAKE_BINARY_DIR}/generated/embedded_table.cpp)
  target_link_libraries(kw_embedded PRIVATE kw_settings)
endfunction()
