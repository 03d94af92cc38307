# OpenCV from Debian's part packages (libopencv-{core,imgproc,dnn}-dev): OpenCV's own CMake config ships only in
# libopencv-dev, which would pull in 600 MB that nothing here uses. Defines the target `opencv::parts`.

find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
set(opencv_parts "")
set(opencv_libraries "")
foreach(part core imgproc dnn)
    find_library(OPENCV_${part}_LIBRARY opencv_${part})
    list(APPEND opencv_parts OPENCV_${part}_LIBRARY)
    list(APPEND opencv_libraries ${OPENCV_${part}_LIBRARY})
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCVParts REQUIRED_VARS OPENCV_INCLUDE_DIR ${opencv_parts})
if(OpenCVParts_FOUND AND NOT TARGET opencv::parts)
    add_library(opencv::parts INTERFACE IMPORTED)
    target_include_directories(opencv::parts SYSTEM INTERFACE ${OPENCV_INCLUDE_DIR})
    target_link_libraries(opencv::parts INTERFACE ${opencv_libraries})
endif()
