#pragma once
// How repositories talk SQL through SOCI. Private: only .cpp files of common/store include it.
//
// Learned about SOCI 4.0.3 (each held by a test in tests/contract/store_sql_test.cpp):
// - `into` a std::int64_t is exact on both databases, also for expressions (count(*), max(x), atelier_now()).
// - A NULL into a plain variable throws; into a std::optional it is fine (conversion below). `coalesce(x,
// '')` works too.
// - PostgreSQL does not know the type of a parameter that stands alone (`SELECT :x`, `:x IS NULL`): write
// CAST(:x AS TEXT).
//   `::` casts are understood, a `:name` inside a string literal is left alone.
// - Parameters are positional: naming one twice needs two `use`s, in order of appearance.
// - After a failed statement a PostgreSQL transaction is dead: never catch and go on. To survive a duplicate,
// write
//   `INSERT … ON CONFLICT DO NOTHING` and look at the row count.
// - `use` keeps a reference. `session << …, use(temporary)` reads it after its death (the statement runs in a
//   destructor, later than the temporary's): name the value, or use changed() and select_*() below, which are
//   safe.
// - An exception's what() holds the parameters' values: never log it (message_of in connection.hpp leaves
// them out).

#include <soci/soci.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "common/store/page.hpp"

namespace soci {

template <class T>
struct type_conversion<std::optional<T>> {
    using base_type = typename type_conversion<T>::base_type;
    static void from_base(const base_type& in, indicator ind, std::optional<T>& out) {
        out.reset();
        if (ind == i_null) return;
        T value{};
        type_conversion<T>::from_base(in, ind, value);
        out = std::move(value);
    }
    static void to_base(const std::optional<T>& in, base_type& out, indicator& ind) {
        if (in) {
            type_conversion<T>::to_base(*in, out, ind);
        } else {
            ind = i_null;
        }
    }
};

template <class Tag>
struct type_conversion<atelier::Id<Tag>> {
    using base_type = std::string;
    static void from_base(const std::string& in, indicator ind, atelier::Id<Tag>& out) {
        if (ind == i_null) throw soci_error("NULL where an id was expected");
        out.value = in;
    }
    static void to_base(const atelier::Id<Tag>& in, std::string& out, indicator& ind) {
        out = in.value;
        ind = i_ok;
    }
};

/// JSON as text; JSON null and SQL NULL are the same.
template <>
struct type_conversion<atelier::json::Value> {
    using base_type = std::string;
    static void from_base(const std::string& in, indicator ind, atelier::json::Value& out) {
        out = {};
        if (ind == i_null) return;
        auto parsed = atelier::json::parse(in);
        if (parsed.has_error()) throw soci_error("a JSON column holds something else");
        out = std::move(*parsed);
    }
    static void to_base(const atelier::json::Value& in, std::string& out, indicator& ind) {
        ind = in.is_null() ? i_null : i_ok;
        out = in.is_null() ? std::string() : atelier::json::write(in);
    }
};

template <>
struct type_conversion<bool> {
    using base_type = int;
    static void from_base(int in, indicator ind, bool& out) { out = ind != i_null && in != 0; }
    static void to_base(bool in, int& out, indicator& ind) {
        out = in ? 1 : 0;
        ind = i_ok;
    }
};

/// Enumerations as text, by `to_string(e)` and `std::optional<E> parse(std::string_view, E*)` found beside
/// the type.
template <class E>
struct type_conversion<E, std::enable_if_t<std::is_enum_v<E>>> {
    using base_type = std::string;
    static void from_base(const std::string& in, indicator ind, E& out) {
        const std::optional<E> value =
            ind == i_null ? std::nullopt : parse(std::string_view(in), static_cast<E*>(nullptr));
        if (!value) throw soci_error("a column holds a word that this program does not know");
        out = *value;
    }
    static void to_base(E in, std::string& out, indicator& ind) {
        out = std::string(to_string(in));
        ind = i_ok;
    }
};

}  // namespace soci

namespace atelier::store {

/// Runs one statement and returns how many rows it changed:
/// `changed(session.prepare << "UPDATE …", soci::use(id))`. The arguments may be temporaries.
template <class... Uses>
long long changed(soci::details::prepare_temp_type prepared, Uses&&... uses) {
    (prepared.operator,(std::forward<Uses>(uses)), ...);
    soci::statement statement(prepared);
    statement.execute(true);
    return statement.get_affected_rows();
}

/// All rows of a SELECT. `bind(prepared, row)` names the members that the columns go into, in order:
/// `prepared, soci::into(row.id), soci::into(row.name);`
template <class Row, class Bind, class... Uses>
std::vector<Row> select_all(soci::details::prepare_temp_type prepared, Bind&& bind, Uses&&... uses) {
    Row row{};
    bind(prepared, row);
    (prepared.operator,(std::forward<Uses>(uses)), ...);
    soci::statement statement(prepared);
    statement.execute();
    std::vector<Row> rows;
    while (statement.fetch())
        rows.push_back(row);
    return rows;
}

/// The first row, if there is one.
template <class Row, class Bind, class... Uses>
std::optional<Row> select_one(soci::details::prepare_temp_type prepared, Bind&& bind, Uses&&... uses) {
    Row row{};
    bind(prepared, row);
    (prepared.operator,(std::forward<Uses>(uses)), ...);
    soci::statement statement(prepared);
    if (!statement.execute(true)) return std::nullopt;
    return row;
}

/// One page of a table by id, newest first. `query` ends with its WHERE clause; its parameters are `uses`.
template <class Row, class Bind, class... Uses>
Result<Page<Row>> select_page(soci::session& session, const std::string& query, const PageRequest& page,
                              Bind&& bind, Uses&&... uses) {
    const auto bound = page_bound(page);
    if (bound.has_error()) return bound.error();
    auto rows = select_all<Row>(
        session.prepare << query << " AND id < :page_bound ORDER BY id DESC LIMIT " << page.limit + 1, bind,
        std::forward<Uses>(uses)..., soci::use(*bound));
    return to_page(std::move(rows), page, [](const Row& row) { return row.id.value; });
}

/// 409 that names the field whose value is taken.
inline Error taken(std::string pointer, std::string message) {
    Error error = conflict(message);
    error.details.push_back({std::move(pointer), "unique", std::move(message)});
    return error;
}

/// `:p0, :p1, …`: placeholders for a list of values.
inline std::string placeholders(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += (i ? ", :p" : ":p") + std::to_string(i);
    return text;
}

}  // namespace atelier::store
