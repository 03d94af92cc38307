# Writes OUTPUT: a C++ source that holds the text of FILES (relative to BASE). Called by atelier_embed.
set(code "#include \"${HEADER}\"\n#include <algorithm>\n#include <iterator>\nnamespace ${NAMESPACE} {\nstatic constexpr File kFiles[] = {\n")
list(SORT FILES)
foreach(path IN LISTS FILES)
    file(READ ${BASE}/${path} text)
    # Raw literals have a length limit in some compilers and a delimiter limit in all: split into lines' worth of pieces.
    string(LENGTH "${text}" length)
    set(pieces "")
    set(at 0)
    while(at LESS length)
        string(SUBSTRING "${text}" ${at} 8000 piece)
        string(APPEND pieces "R\"~~~~(${piece})~~~~\"\n")
        math(EXPR at "${at} + 8000")
    endwhile()
    if(pieces STREQUAL "")
        set(pieces "\"\"")
    endif()
    string(APPEND code "{\"${path}\", ${pieces}},\n")
endforeach()
string(APPEND code "};\nstd::span<const File> files() { return kFiles; }\n"
    "std::string_view find(std::string_view path) {\n"
    "    auto it = std::find_if(std::begin(kFiles), std::end(kFiles), [&](const File& f) { return f.path == path; });\n"
    "    return it == std::end(kFiles) ? std::string_view{} : it->text;\n}\n}\n")
file(WRITE ${OUTPUT} "${code}")
