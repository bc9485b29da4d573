# Flags of every target. Assertions stay on in every build: a broken promise must stop the daemon.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wconversion -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  # False alarms of g++ 12 once it inlines: moved strings in a variant, Asio's coroutine frames.
  add_compile_options(-Wno-array-bounds -Wno-restrict -Wno-maybe-uninitialized -Wno-mismatched-new-delete -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(BYLINED_WERROR)
  add_compile_options(-Werror)
endif()
if(NOT BYLINED_FUZZ)
  add_compile_options(-fno-semantic-interposition)
endif()
# Paths inside the build must not depend on where the clone lies, so that ccache finds them again.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
if(CMAKE_BUILD_TYPE MATCHES "Release|RelWithDebInfo" AND NOT BYLINED_SANITIZE)
  add_compile_options(-fstack-protector-strong -fcf-protection -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS)
  add_link_options(-Wl,-z,relro,-z,now -pie)
  # Files are compiled a dozen at a time: a program takes of them what it calls, and no more.
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-Wl,--gc-sections)
endif()
if(BYLINED_SANITIZE)
  add_compile_options(-fsanitize=${BYLINED_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BYLINED_SANITIZE})
endif()
if(BYLINED_SANITIZE STREQUAL "thread")
  # The thread sanitizer knows no fences (g++ warns of each); without them Asio's handlers still synchronise by their queue.
  add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers hit across clone folders only with these (and -fpch-preprocess).
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()
