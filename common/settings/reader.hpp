#pragma once
// Reads settings into the fields of structs, and remembers every row for `--print-settings` and the README's
// table.
//
// Each reader function takes the name, the field (holding its default) and a sentence on what it means. A
// wrong value leaves the default in place and is remembered; `finish` reports all of them at once.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/settings/secret.hpp"
#include "common/settings/source.hpp"

namespace atelier::settings {

/// One setting as people see it.
struct Row {
    std::string name;
    std::string value;          ///< `***` for a secret; URLs without their credentials
    std::string default_value;  ///< empty when there is none
    std::string meaning;
    std::string origin;  ///< empty when the default holds
};

/// `{"debug", Level::debug}, …`: the words a setting may have.
template <class E>
struct Choice {
    std::string_view word;
    E value;
};

class Reader {
  public:
    explicit Reader(const Source& source) : source_(source) {}

    void text(std::string_view name, std::string& field, std::string_view meaning);
    void integer(std::string_view name, int& field, int lowest, int highest, std::string_view meaning);
    void number(std::string_view name, double& field, double lowest, double highest,
                std::string_view meaning);
    /// `true`, `false`, `on`, `off`, `yes`, `no`, `1`, `0`.
    void boolean(std::string_view name, bool& field, std::string_view meaning);
    /// `1048576`, `512KiB`, `64MiB`, `2GiB`, also `kB`, `MB`, `GB` (powers of ten).
    void bytes(std::string_view name, std::int64_t& field, std::int64_t lowest, std::int64_t highest,
               std::string_view meaning);
    /// `ADDRESS:PORT` or `[ADDRESS]:PORT`; with `may_be_empty` also nothing.
    void address(std::string_view name, std::string& field, bool may_be_empty, std::string_view meaning);
    /// A URL whose scheme is one of `schemes`; empty is allowed when the default is.
    void url(std::string_view name, std::string& field, const std::vector<std::string_view>& schemes,
             std::string_view meaning);
    /// Words separated by commas.
    void list(std::string_view name, std::vector<std::string>& field, std::string_view meaning);
    /// By value, or by NAME_FILE: the path of a file that holds it (a trailing line end is dropped). Giving
    /// both is wrong.
    void secret(std::string_view name, Secret& field, std::size_t shortest, std::string_view meaning);

    template <class E, std::size_t N>
    void choice(std::string_view name, E& field, const Choice<E> (&choices)[N], std::string_view meaning) {
        std::vector<std::string_view> words;
        std::size_t index = 0;
        for (std::size_t i = 0; i < N; ++i) {
            words.push_back(choices[i].word);
            if (choices[i].value == field) index = i;
        }
        if (auto found = word(name, words, index, meaning)) field = choices[*found].value;
    }

    /// Remembers a contradiction between settings, found by the caller.
    void problem(std::string_view name, std::string message);
    /// Also refuses every given `ATELIER_*` name that no row knows (`ATELIER_TEST_*` apart), naming the
    /// closest one. Error: validation_failed with one detail a problem; pointer = the setting's name.
    Result<> finish();
    const std::vector<Row>& rows() const { return rows_; }

  private:
    std::optional<std::size_t> word(std::string_view name, const std::vector<std::string_view>& words,
                                    std::size_t index, std::string_view meaning);
    /// Adds the row; the given text when there is one.
    const Given* begin(std::string_view name, std::string default_value, std::string_view meaning);
    void refuse(std::string_view name, const Given& given, std::string_view expected);

    const Source& source_;
    std::vector<Row> rows_;
    std::vector<FieldError> problems_;
};

}  // namespace atelier::settings
