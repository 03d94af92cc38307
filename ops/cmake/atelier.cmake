# How every target of Atelier is made: one small library per folder, warnings are errors, ccache when present.

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2")  # asserts stay on
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(ATELIER_CCACHE ccache)
if(ATELIER_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ATELIER_CCACHE})
endif()

include(CheckLinkerFlag)
check_linker_flag(CXX -fuse-ld=gold ATELIER_HAS_GOLD)
if(ATELIER_HAS_GOLD)
    add_link_options(-fuse-ld=gold)  # links the test programs in a quarter of the time
endif()

if(ATELIER_SANITIZE STREQUAL "address")
    # Instrumented, g++ 12 takes the other alternatives of a std::variant for uninitialised.
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1
                        -Wno-maybe-uninitialized)
    add_link_options(-fsanitize=address,undefined)
elseif(ATELIER_SANITIZE STREQUAL "thread")
    add_compile_options(-fsanitize=thread -g1)
    add_link_options(-fsanitize=thread)
elseif(NOT ATELIER_SANITIZE STREQUAL "")
    message(FATAL_ERROR "ATELIER_SANITIZE is '${ATELIER_SANITIZE}'; it may be address, thread or empty")
endif()

function(atelier_configure target)
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
    # g++ 12 sees an overlap in `string = "literal"` at -O2 that is not there (GCC bug 105651).
    target_compile_options(${target} PRIVATE -Wall -Wextra -Werror -Wno-missing-field-initializers -Wno-restrict)
    target_link_libraries(${target} PUBLIC Threads::Threads)
endfunction()

# atelier_library(NAME SOURCES file... [LINK target...] [PRIVATE target...])
# A static library `atelier_NAME`. LINK is what its headers need, PRIVATE what only its sources need.
function(atelier_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE" ${ARGN})
    add_library(atelier_${name} STATIC ${arg_SOURCES})
    atelier_configure(atelier_${name})
    target_link_libraries(atelier_${name} PUBLIC ${arg_LINK} PRIVATE ${arg_PRIVATE})
endfunction()

# atelier_uses_soci(target...): Debian's SOCI hides the type information that UBSan's vptr check would read.
function(atelier_uses_soci)
    if(ATELIER_SANITIZE STREQUAL "address")
        foreach(target IN LISTS ARGN)
            target_compile_options(${target} PRIVATE -fno-sanitize=vptr)
        endforeach()
    endif()
endfunction()

# atelier_program(NAME SOURCES file... LINK target...)   -> build/bin/NAME
function(atelier_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    atelier_configure(${name})
    target_compile_definitions(${name} PRIVATE ATELIER_VERSION="${PROJECT_VERSION}")
    target_link_libraries(${name} PRIVATE ${arg_LINK})
endfunction()

# atelier_test(NAME SOURCES file... LINK target...)   -> build/tests/test_NAME, a doctest program known to ctest
function(atelier_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_executable(test_${name} ${CMAKE_SOURCE_DIR}/tests/support/main.cpp ${arg_SOURCES})
    atelier_configure(test_${name})
    set_target_properties(test_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_compile_options(test_${name} PRIVATE -O0)  # their time is spent in what they test; compiles a third faster
    target_compile_definitions(test_${name} PRIVATE ATELIER_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                                    ATELIER_BINARY_DIR="${CMAKE_BINARY_DIR}")
    target_link_libraries(test_${name} PRIVATE ${arg_LINK})
    add_test(NAME ${name} COMMAND test_${name})
    # Its label is the folder under tests/ (unit, contract, integration, e2e): ops/test runs each kind in its own way.
    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${CMAKE_SOURCE_DIR}/tests OUTPUT_VARIABLE kind)
    string(REGEX REPLACE "/.*" "" kind ${kind})
    set_tests_properties(${name} PROPERTIES LABELS ${kind})
endfunction()

# atelier_embed(NAME NAMESPACE ns FILES file...)
# A library `atelier_NAME` whose generated header NAME.hpp offers `ns::find(path)`: the text of each file, compiled in.
function(atelier_embed name)
    cmake_parse_arguments(arg "" "NAMESPACE" "FILES" ${ARGN})
    set(output ${CMAKE_BINARY_DIR}/generated/${name})
    add_custom_command(
        OUTPUT ${output}.cpp
        COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output}.cpp -DHEADER=${name}.hpp -DNAMESPACE=${arg_NAMESPACE}
                "-DFILES=${arg_FILES}" -DBASE=${CMAKE_CURRENT_SOURCE_DIR} -P ${CMAKE_SOURCE_DIR}/ops/cmake/embed.cmake
        DEPENDS ${arg_FILES} ${CMAKE_SOURCE_DIR}/ops/cmake/embed.cmake
        WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
        VERBATIM)
    file(CONFIGURE OUTPUT ${output}.hpp @ONLY CONTENT [[
// Generated by atelier_embed: text files compiled into the program.
#pragma once
#include <span>
#include <string_view>
namespace @arg_NAMESPACE@ {
struct File { std::string_view path, text; };
/// All files, ordered by path (relative to the folder that embeds them).
std::span<const File> files();
/// The file's text, or an empty view when there is no such file.
std::string_view find(std::string_view path);
}
]])
    atelier_library(${name} SOURCES ${output}.cpp)
endfunction()
