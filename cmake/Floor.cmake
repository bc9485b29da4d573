# bylined_floor(NAME [ON floor…] [LINK library…])
# One static library of all .cpp files below daemon/NAME. ON names the floors it may look down to; the
# same list feeds tests/house.
function(bylined_floor name)
  cmake_parse_arguments(arg "" "" "ON;LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  add_library(bylined_${name} STATIC ${sources})
  target_include_directories(bylined_${name} PUBLIC ${CMAKE_SOURCE_DIR}/daemon)
  target_compile_definitions(bylined_${name} PUBLIC BOOST_ASIO_NO_DEPRECATED)
  list(TRANSFORM arg_ON PREPEND bylined_)
  target_link_libraries(bylined_${name} PUBLIC ${arg_ON} ${arg_LINK})
  if(BYLINED_PCH AND NOT name STREQUAL base)
    target_precompile_headers(bylined_${name} REUSE_FROM bylined_base)
  elseif(BYLINED_PCH)
    target_precompile_headers(bylined_${name} PRIVATE <chrono> <functional> <map> <memory> <optional> <string> <string_view>
                              <utility> <vector> <boost/asio/awaitable.hpp> <boost/asio/io_context.hpp> <boost/asio/co_spawn.hpp> <boost/asio/use_awaitable.hpp>)
  endif()
endfunction()

# A dozen files at a time as one: what all of them include is read once. For targets no two of whose files have a private name
# alike. A class of a file is taken for a header's then, and g++ warns of what it holds.
function(bylined_together target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${BYLINED_UNITY} UNITY_BUILD_BATCH_SIZE 12)
  target_compile_options(${target} PRIVATE $<$<BOOL:${BYLINED_UNITY}>:-Wno-subobject-linkage>)
endfunction()
